// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Terraform starts a provider several times in one command and tells nothing of what it takes. So a copy of this program
// stands in the provider's place, starts it from the file beside it, and notes the operating system's account of it.
const (
	wrappedSuffix = ".wrapped"
	usageSuffix   = ".usage"
)

// wrapped runs the provider if this is such a copy; code is what to exit with.
func wrapped() (code int, is bool) {
	self, err := os.Executable()
	if err != nil {
		return 0, false
	}
	if _, err := os.Stat(self + wrappedSuffix); err != nil {
		return 0, false
	}
	provider := exec.Command(self+wrappedSuffix, os.Args[1:]...) //nolint:noctx // it ends when Terraform tells it to
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = provider.Run()
	if state := provider.ProcessState; state != nil {
		note := fmt.Sprintf("%d %d\n", (state.UserTime() + state.SystemTime()).Microseconds(), peakMemory(state))
		if file, err := os.OpenFile(self+usageSuffix, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			_, _ = file.WriteString(note)
			_ = file.Close()
		}
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), true
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1, true
	}
	return 0, true
}

// wrapperNotes reads what the provider at path has taken since it was last asked: processor time of all its processes, and the
// most memory of any.
func wrapperNotes(path string) (cpu time.Duration, memory int64, err error) {
	content, err := os.ReadFile(path + usageSuffix)
	if errors.Is(err, os.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(content)) {
		var micros, peak int64
		if _, err := fmt.Sscan(line, &micros, &peak); err != nil {
			return 0, 0, fmt.Errorf("reading %s: %w", path+usageSuffix, err)
		}
		cpu += time.Duration(micros) * time.Microsecond
		memory = max(memory, peak)
	}
	return cpu, memory, os.Remove(path + usageSuffix)
}
