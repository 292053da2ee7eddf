// Package journal keeps what became of the runs of a year, for people and
// programs that were not there: a log of JSON lines, and the status of the last
// run; and which edition each draft was last checked against. It stands beside
// the editions and has no part in them.
package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/scratch"
)

// The files of a year's folder.
const (
	LogFile    = "runs.jsonl"   // the newest line last
	oldLogFile = "runs.1.jsonl" // what LogFile was before it grew too long
	StatusFile = "status.json"
)

// maxLog bounds a log file, in bytes.
const maxLog = 4 << 20

// State is what became of a run.
type State string

// The states of a run. One that is Running while nothing holds the year was killed.
const (
	Running   State = "running"
	Published State = "published"
	Unchanged State = "unchanged"
	Stopped   State = "stopped" // somebody must look: the records break the contract, or the guard has doubts
	Failed    State = "failed"
	Killed    State = "killed"
)

// Status is the last run of a year.
type Status struct {
	Year       int       `json:"year"`
	State      State     `json:"state"`
	Code       int       `json:"code"` // exit code
	Began      time.Time `json:"began"`
	Ended      time.Time `json:"ended,omitzero"`
	Unattended bool      `json:"unattended"`
	Message    string    `json:"message,omitempty"` // why it stopped or failed, in full
	Edition    string    `json:"edition,omitempty"`
	Digest     string    `json:"digest,omitempty"`
	Data       string    `json:"data"`     // folder of the records
	Notified   bool      `json:"notified"` // the command for a failure was run, and ended well
	Process    int       `json:"process"`
}

// Line is one line of the log.
type Line struct {
	Time    time.Time `json:"time"`
	Process int       `json:"process"`
	Year    int       `json:"year"`
	Event   string    `json:"event"` // begin, step, warning, problem, doubt, notify, end
	Text    string    `json:"text"`
	State   State     `json:"state,omitempty"`
	Code    int       `json:"code,omitempty"`
	Edition string    `json:"edition,omitempty"`
	Digest  string    `json:"digest,omitempty"`
	Seconds float64   `json:"seconds,omitempty"`
}

// Run is a run that is being told of.
type Run struct {
	Status Status
	folder string
	also   io.Writer // gets the same lines; nil for nobody
	clock  func() time.Time
	fault  error // the first that kept a line or the status from being written
}

// Begin tells that a run has begun. Where another is at work, the status stays
// that one's.
func Begin(out string, s Status, also io.Writer, clock func() time.Time) *Run {
	s.State, s.Began, s.Process = Running, clock().UTC(), os.Getpid()
	r := &Run{Status: s, folder: filepath.Join(out, fmt.Sprint(s.Year)), also: also, clock: clock}
	r.say(os.MkdirAll(r.folder, 0o755))
	r.sweep()
	if _, busy := edition.Locked(out, s.Year); !busy {
		r.say(r.Status.write(r.folder))
	}
	r.Tell("begin", "开始运行")
	return r
}

// unfinished begins the name of a status that is not yet in place; the number of
// its process follows.
const unfinished = ".status-"

// sweep takes away what runs that were killed have left of their status.
func (r *Run) sweep() {
	left, _ := filepath.Glob(filepath.Join(r.folder, unfinished+"*"))
	for _, path := range left {
		process, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(path), unfinished))
		if err != nil || !scratch.Alive(process) {
			r.say(os.Remove(path))
		}
	}
}

// Tell adds a line to the log.
func (r *Run) Tell(event, text string) {
	r.add(Line{Event: event, Text: text})
}

func (r *Run) add(l Line) {
	l.Time, l.Process, l.Year = r.clock().UTC(), r.Status.Process, r.Status.Year
	text, err := json.Marshal(l)
	if err != nil {
		r.say(err)
		return
	}
	text = append(text, '\n')
	if r.also != nil {
		_, err := r.also.Write(text)
		r.say(err)
	}
	r.say(appendLine(r.folder, LogFile, oldLogFile, text))
}

// appendLine writes a line whole, so that those of two processes never mix. A file
// that grew too long is kept under its old name.
func appendLine(folder, name, old string, line []byte) error {
	path := filepath.Join(folder, name)
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, filepath.Join(folder, old)); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Close())
}

// End tells what became of the run. A run that found another at work leaves the
// status to that one. The error is the first that kept something from being told.
func (r *Run) End(s Status, busy bool) error {
	now := r.clock()
	s.Ended = now.UTC()
	r.Status = s
	r.add(Line{Event: "end", Text: s.Message, State: s.State, Code: s.Code, Edition: s.Edition, Digest: s.Digest,
		Seconds: now.Sub(s.Began).Round(time.Millisecond).Seconds()})
	if there, ok := r.onDisk(); !busy || ok && there.is(s) {
		if _, atWork := edition.Locked(filepath.Dir(r.folder), s.Year); !ok || there.is(s) || there.State != Running || !atWork {
			r.say(s.write(r.folder))
		}
	}
	return r.fault
}

// is tells whether two statuses are of one run.
func (s Status) is(other Status) bool {
	return s.Process == other.Process && s.Began.Equal(other.Began)
}

func (r *Run) onDisk() (s Status, ok bool) {
	text, err := os.ReadFile(filepath.Join(r.folder, StatusFile))
	return s, err == nil && json.Unmarshal(text, &s) == nil
}

func (r *Run) say(err error) {
	if r.fault == nil {
		r.fault = err
	}
}

// write puts the status in place by one step.
func (s Status) write(folder string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(folder, unfinished+strconv.Itoa(os.Getpid())))
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(folder, StatusFile))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// Notified keeps that the command for a failure was run and ended well; where
// another run has begun meanwhile, the status is that one's.
func Notified(out string, s Status) error {
	r := &Run{folder: filepath.Join(out, fmt.Sprint(s.Year))}
	if there, ok := r.onDisk(); ok && !there.is(s) {
		return nil
	}
	s.Notified = true
	return s.write(r.folder)
}

// Last is the status of the last run of a year; ok is false where there was none.
// A run that is neither at work nor ended was killed.
func Last(out string, year int) (s Status, ok bool, err error) {
	path := filepath.Join(out, fmt.Sprint(year), StatusFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return s, false, fmt.Errorf("%s 读不懂：%w", path, err)
	}
	if _, busy := edition.Locked(out, year); s.State == Running && !busy && !scratch.Alive(s.Process) {
		s.State, s.Code = Killed, 1
		s.Message = "运行到一半就中断了（断电、被结束或内存不够），没有发布；已发布的一期不受影响，请再运行一次"
	}
	return s, true, nil
}

// LastYear is the last year that has run, 0 where none has.
func LastYear(out string) (last int) {
	entries, _ := os.ReadDir(out)
	for _, entry := range entries {
		year, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(out, entry.Name(), StatusFile)); err == nil {
			last = max(last, year)
		}
	}
	return last
}
