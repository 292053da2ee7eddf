package main

import (
	"bufio"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// TestKilledAtRandomMoments ends a hundred runs by SIGKILL while a reader goes
// through what is published, over and over. The reader never finds anything but a
// whole edition; the next run succeeds and clears away what the others left.
func TestKilledAtRandomMoments(t *testing.T) {
	o := newOffice(t)
	o.env = append(o.env, "TMPDIR="+t.TempDir())
	took := time.Minute
	for i := range 3 {
		o.amount(i)
		began := time.Now()
		o.must("run")
		took = min(took, time.Since(began))
	}
	stop, reads := make(chan struct{}), 0
	var reader sync.WaitGroup
	reader.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			e, ok, err := edition.Find(o.path("out"), 2021, "")
			if err != nil || !ok || len(e.Altered()) > 0 {
				t.Errorf("a reader found %v %v %v", ok, err, e.Altered())
				return
			}
			reads++
		}
	})
	random := rand.New(rand.NewPCG(6, 2021))
	killed := 0
	for i := range 100 {
		o.amount(1000 + i)
		c := o.command("run", "--unattended")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		c.Process.Kill()
		if err := c.Wait(); err != nil {
			killed++
		}
	}
	close(stop)
	reader.Wait()
	if killed < 50 || reads < 50 {
		t.Errorf("killed %d of 100 runs, read %d times", killed, reads)
	}
	t.Logf("killed %d of 100 runs within %v, read %d times", killed, took, reads)
	o.amount(5_000_000)
	o.must("run")
	o.current()
	o.must("verify")
	o.nothingLeft()
	left, _ := filepath.Glob(filepath.Join(strings.TrimPrefix(o.env[len(o.env)-1], "TMPDIR="), "workreport-*"))
	if len(left) > 0 {
		t.Errorf("left in the temporary folder: %v", left)
	}
}

// TestKilledAtEveryAnnouncedStep ends a run at each step that it announces.
func TestKilledAtEveryAnnouncedStep(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	steps := 0
	for ; ; steps++ {
		o.amount(2000 + steps)
		before := o.current()
		c := o.command("run", "--unattended")
		pipe, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(pipe)
		for at := 0; at <= steps && lines.Scan(); at++ {
			if strings.Contains(lines.Text(), `"event":"end"`) {
				at = steps + 1
			}
		}
		c.Process.Kill()
		c.Wait()
		after := o.current()
		if after.Name != before.Name {
			break // it came to its end
		}
		if s := o.status(); s.State != journal.Killed || s.Code != exitFailed {
			t.Errorf("step %d: status %+v", steps, s)
		}
		if out, _, code := o.run("status"); code != exitFailed || !strings.Contains(out, "中断，没有发布") {
			t.Errorf("step %d: status says %q with code %d", steps, out, code)
		}
	}
	if steps < 5 {
		t.Errorf("killed at %d steps only", steps)
	}
	o.amount(9)
	o.must("run")
	o.nothingLeft()
}
