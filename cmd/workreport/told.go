package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"workreport/pipeline"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// told is a run that the journal is told of.
type told struct {
	*journal.Run
	lines bool // the log goes to the output too, in the place of a report
}

func begin(a arguments, out, errs io.Writer) told {
	t := told{lines: a.unattended && !isTerminal(errs)}
	var also io.Writer
	if t.lines {
		also = flushed{out}
	}
	if a.unattended {
		if err := keepCommand(a); err != nil {
			fmt.Fprintf(errs, "on_failure 的命令没有另存：%v\n", err)
		}
	}
	t.Run = journal.Begin(a.out, journal.Status{Year: a.year, Unattended: a.unattended, Data: a.data}, also, time.Now)
	return t
}

// A unit of systemd, in which a run has no network, has another unit run the
// command for a failure.
const notifyVariable, notifyLater = "WORKREPORT_NOTIFY", "later"

// flushed hands every line on at once.
type flushed struct{ io.Writer }

func (f flushed) Write(line []byte) (int, error) {
	n, err := f.Writer.Write(line)
	if buffered, ok := f.Writer.(*bufio.Writer); ok && err == nil {
		err = buffered.Flush()
	}
	return n, err
}

// end tells what became of the run, and where it was unattended and no success,
// runs the command for a failure.
func (t told) end(ctx context.Context, a arguments, r pipeline.Result, err error, errs io.Writer) {
	s := t.Status
	s.Code = exitCode(err)
	t.events(r, err)
	switch {
	case err == nil && r.Published.New:
		s.State = journal.Published
	case err == nil:
		s.State = journal.Unchanged
	case s.Code == exitBroken:
		s.State = journal.Stopped
	default:
		s.State = journal.Failed
	}
	if err == nil {
		s.Digest, s.Edition = r.Published.Digest, r.Published.Folder
	} else {
		s.Message = message(ctx, err)
	}
	var busy edition.Busy
	atWork := errors.As(err, &busy)
	if fault := t.End(s, atWork); fault != nil {
		fmt.Fprintf(errs, "运行日志没有写成：%v\n", fault)
	}
	if a.unattended && err != nil && !atWork && os.Getenv(notifyVariable) != notifyLater {
		if fault := inform(a, s); fault != nil {
			fmt.Fprintf(errs, "%v\n", fault)
		}
	}
}

// events are what a run has to say beside its steps, a line each.
func (t told) events(r pipeline.Result, err error) {
	var broken pipeline.Broken
	if errors.As(err, &broken) {
		for i, p := range broken.Problems {
			if i == maxPrinted {
				break
			}
			t.Tell("problem", p.String())
		}
		return
	}
	if r.Year == nil {
		return
	}
	for _, line := range append(r.Warnings(), append(r.Characters, r.NotPrinted...)...) {
		t.Tell("warning", line)
	}
	for _, doubt := range r.Doubts {
		t.Tell("doubt", doubt)
	}
	for _, note := range r.Published.Notes {
		t.Tell("warning", note)
	}
}

// message is why a run was no success, with all that somebody must look at.
func message(ctx context.Context, err error) string {
	var broken pipeline.Broken
	var doubtful pipeline.Doubtful
	switch {
	case errors.As(err, &broken):
		lines := []string{err.Error()}
		for _, p := range broken.Problems {
			if p.Severity == contract.Reject && len(lines) <= maxPrinted {
				lines = append(lines, p.String())
			}
		}
		if broken.Folder != "" {
			lines = append(lines, "全部问题写在 "+broken.Folder)
		}
		return strings.Join(lines, "\n")
	case errors.As(err, &doubtful):
		return strings.Join(append([]string{err.Error()}, doubtful.Doubts...), "\n")
	case ctx.Err() != nil:
		return interrupted
	}
	return worded(err)
}
