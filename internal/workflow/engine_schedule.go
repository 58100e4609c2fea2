// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // time zones are known wherever the provider runs

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/robfig/cron/v3"
)

var (
	// cronCharacters are those that Atlan documents (docs.atlan.com FAQ "Workflows and data processing"), and letters for
	// the names of days and months, which it leaves open.
	cronCharacters = regexp.MustCompile(`^[0-9A-Za-z,\-*/ ]+$`)
	cronParser     = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	// sunday is the 7 that Atlan takes for Sunday as well, as cron does and the parser does not.
	sunday = regexp.MustCompile(`\b7\b`)
)

// checkCron says what is wrong with a cron expression; nil when it is one and will ever run.
func checkCron(text string) error {
	fields := strings.Fields(text)
	switch {
	case strings.HasPrefix(text, "@"):
		return fmt.Errorf("%q is a shorthand: write out the five fields, such as \"0 3 * * *\" for every day at 03:00", text)
	case len(fields) != 5:
		return fmt.Errorf("%q has %d fields; five are needed: minute, hour, day of the month, the month, and day of the week. There are no seconds and no years",
			text, len(fields))
	case !cronCharacters.MatchString(text):
		return fmt.Errorf("%q has characters that Atlan does not know: the only special ones are comma, hyphen, asterisk and slash", text)
	}
	if weekdays, _, _ := strings.Cut(fields[4], "/"); sunday.MatchString(weekdays) {
		fields[4] = sunday.ReplaceAllString(fields[4], "6") // as good as 7 for the check of a range
	}
	schedule, err := cronParser.Parse(strings.Join(fields, " "))
	if err != nil {
		return fmt.Errorf("%q is no cron expression: %w", text, err)
	}
	if schedule.Next(time.Unix(0, 0)).IsZero() {
		return fmt.Errorf("%q never runs: there is no such day", text)
	}
	return nil
}

// cronExpression accepts what [checkCron] does.
type cronExpression struct{}

func (cronExpression) Description(context.Context) string { return "a cron expression of five fields" }

func (v cronExpression) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (cronExpression) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := checkCron(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid cron expression in "+req.Path.String(), err.Error()+".")
	}
}

// timeZone accepts the names of the IANA time zone database.
type timeZone struct{}

func (timeZone) Description(context.Context) string { return "a time zone of the IANA database" }

func (v timeZone) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (timeZone) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	name := req.ConfigValue.ValueString()
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		resp.Diagnostics.AddAttributeError(req.Path, "Unknown time zone in "+req.Path.String(),
			fmt.Sprintf("%q is not the name of a time zone in the IANA database, such as \"Europe/Paris\" or \"UTC\".", name))
	}
}
