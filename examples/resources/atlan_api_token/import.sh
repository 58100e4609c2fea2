# By GUID:
terraform import atlan_api_token.ci 92588c67-5ac1-4a45-8b5c-dd92f4b84e99

# By client id, or by the user name under which the token acts:
terraform import atlan_api_token.ci apikey-1d2c0b2e-7f4b-4a3a-9f0b-6f8a3c5d7e91
terraform import atlan_api_token.ci service-account-apikey-1d2c0b2e-7f4b-4a3a-9f0b-6f8a3c5d7e91

# By name, if no other living token has it:
terraform import atlan_api_token.ci ci
