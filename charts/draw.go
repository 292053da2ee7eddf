package charts

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"workreport/pipeline/fault"
)

// packages names ECharts, resvg and the font with their versions.
//
//go:embed assets/package.json
var packages []byte

// drawing changes when this package draws the same option in another way.
const drawing = "1"

// Draw makes the SVG and PNG of the charts. Pictures made before are taken from
// the cache folder, if one is given; a cache that cannot be read or written
// only costs time.
func Draw(ctx context.Context, charts []Chart, cache string) error {
	var todo []*Chart
	for i := range charts {
		c := &charts[i]
		c.SVG, c.PNG = cached(cache, c.key())
		if c.SVG == nil {
			todo = append(todo, c)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	defer collectLess()()
	studio, err := openStudio(ctx, cache)
	if err != nil {
		return err
	}
	work := make(chan *Chart, len(todo))
	for _, c := range todo {
		work <- c
	}
	close(work)
	errs := make([]error, min(2, len(todo)))
	var workers sync.WaitGroup
	for i := range errs {
		workers.Go(func() {
			defer fault.Caught(&errs[i])
			errs[i] = drawAll(ctx, studio, work, cache)
		})
	}
	workers.Wait()
	return errors.Join(append(errs, studio.close(ctx))...)
}

// collectLess has the garbage of drawing, which is much and short-lived, collected
// less often, which saves a third of the time, where little else is in memory. It
// returns what puts things back.
func collectLess() func() {
	const little = 256 << 20 // bytes
	var memory runtime.MemStats
	if runtime.ReadMemStats(&memory); memory.HeapAlloc > little {
		return func() {}
	}
	before := debug.SetGCPercent(400)
	return func() { debug.SetGCPercent(before) }
}

func drawAll(ctx context.Context, studio *studio, work <-chan *Chart, cache string) error {
	painter, err := studio.painter(ctx)
	if err != nil {
		return err
	}
	for c := range work {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.SVG, err = drawSVG(c.Option, c.Width, c.Height); err != nil {
			return fmt.Errorf("%s：图没有画成：%w", c.Table.Spec.File, err)
		}
		if c.PNG, err = painter.paint(ctx, c.SVG); err != nil {
			return fmt.Errorf("%s：图没有画成：%w", c.Table.Spec.File, err)
		}
		keep(cache, c.key(), c.SVG, c.PNG)
	}
	return nil
}

// key is the name of the chart's pictures in the cache.
func (c *Chart) key() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%dx%d\n%s", drawing, packages, c.Width, c.Height, c.Option)
	return fmt.Sprintf("%x.pictures", h.Sum(nil))
}

// cached reads a pair of pictures, nil where they are not there or not as they
// were written. The file is: SHA-256 of the rest, length of the SVG, SVG, PNG.
func cached(cache, key string) (svg, png []byte) {
	if cache == "" {
		return nil, nil
	}
	file, err := os.ReadFile(filepath.Join(cache, key))
	if err != nil || len(file) < sha256.Size+8 {
		return nil, nil
	}
	sum, rest := [sha256.Size]byte(file), file[sha256.Size:]
	if sha256.Sum256(rest) != sum {
		return nil, nil
	}
	length, pictures := binary.BigEndian.Uint64(rest), rest[8:]
	if length > uint64(len(pictures)) {
		return nil, nil
	}
	return pictures[:length:length], pictures[length:]
}

// keep puts a pair of pictures in the cache, whole or not at all.
func keep(cache, key string, svg, png []byte) {
	if cache == "" || os.MkdirAll(cache, 0o755) != nil {
		return
	}
	rest := binary.BigEndian.AppendUint64(nil, uint64(len(svg)))
	rest = append(append(rest, svg...), png...)
	sum := sha256.Sum256(rest)
	file, err := os.CreateTemp(cache, "new-*")
	if err != nil {
		return
	}
	defer os.Remove(file.Name())
	_, err = file.Write(append(sum[:], rest...))
	if errors.Join(err, file.Close()) == nil {
		_ = os.Rename(file.Name(), filepath.Join(cache, key))
	}
}
