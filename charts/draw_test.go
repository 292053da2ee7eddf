package charts

import (
	"bytes"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTwiceTheSameBytes(t *testing.T) {
	first, second := drawn(t, samples(t)...), drawn(t, samples(t)...)
	for i, c := range first {
		if !bytes.Equal(c.SVG, second[i].SVG) || !bytes.Equal(c.PNG, second[i].PNG) || !bytes.Equal(c.Option, second[i].Option) {
			t.Errorf("%s differs", c.Table.Spec.ID)
		}
	}
}

func TestPNGIsTwiceTheSizeAndNotBlank(t *testing.T) {
	for _, c := range drawn(t, samples(t)...) {
		picture, err := png.Decode(bytes.NewReader(c.PNG))
		if err != nil {
			t.Fatal(err)
		}
		size := picture.Bounds().Size()
		if size.X != 2*c.Width || size.Y != 2*c.Height {
			t.Errorf("%s: %v of %dx%d", c.Table.Spec.ID, size, c.Width, c.Height)
		}
		ink := 0
		for y := range size.Y {
			for x := range size.X {
				if color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y < 128 {
					ink++
				}
			}
		}
		if ink < 500 {
			t.Errorf("%s: only %d dark pixels", c.Table.Spec.ID, ink)
		}
	}
}

// TestPainterKeepsNothing: a painter that drew a picture holds no more than a new one.
func TestPainterKeepsNothing(t *testing.T) {
	studio, err := openStudio(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer studio.close(t.Context())
	painter, err := studio.painter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="16">提案</text></svg>`)
	if _, err := painter.paint(t.Context(), svg); err != nil {
		t.Fatal(err)
	}
	if held := len(painter.objects.held) - len(painter.objects.free); held != reserved {
		t.Errorf("%d objects are left", held-reserved)
	}
	if _, err := painter.paint(t.Context(), []byte("<svg")); err == nil {
		t.Error("a broken SVG was painted")
	}
}

func TestFunctionsAreRefused(t *testing.T) {
	for _, option := range []string{`{"tooltip":{"formatter":"__f__function(){}__f__"}}`, `{`} {
		if svg, err := drawSVG([]byte(option), 100, 100); err == nil {
			t.Errorf("%s was drawn: %s", option, svg)
		}
	}
}

func TestCache(t *testing.T) {
	cache := t.TempDir()
	charts, err := New(samples(t)[:1])
	if err != nil {
		t.Fatal(err)
	}
	draw := func() Chart {
		t.Helper()
		if err := Draw(t.Context(), charts, cache); err != nil {
			t.Fatal(err)
		}
		return charts[0]
	}
	fresh := draw()
	entry := filepath.Join(cache, fresh.key())
	kept, err := os.ReadFile(entry)
	if err != nil {
		t.Fatal(err)
	}
	if again := draw(); !bytes.Equal(again.SVG, fresh.SVG) || !bytes.Equal(again.PNG, fresh.PNG) {
		t.Error("the cached pictures are not those that were drawn")
	}
	for name, bad := range map[string][]byte{
		"one byte changed": append(bytes.Clone(kept[:len(kept)-1]), kept[len(kept)-1]^1),
		"cut short":        kept[:len(kept)/2],
		"empty":            nil,
	} {
		if err := os.WriteFile(entry, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if again := draw(); !bytes.Equal(again.SVG, fresh.SVG) || !bytes.Equal(again.PNG, fresh.PNG) {
			t.Errorf("%s: the entry was believed", name)
		}
		if mended, _ := os.ReadFile(entry); !bytes.Equal(mended, kept) {
			t.Errorf("%s: the entry was not mended", name)
		}
	}
}

func TestCacheThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	charts, err := New(samples(t)[:1])
	if err != nil {
		t.Fatal(err)
	}
	if err := Draw(t.Context(), charts, file); err != nil || len(charts[0].PNG) == 0 {
		t.Errorf("got %v", err)
	}
}

// TestSizeIsPartOfTheKey: a picture of another size is another picture.
func TestSizeIsPartOfTheKey(t *testing.T) {
	a, b := Chart{Width: 1, Height: 12}, Chart{Width: 11, Height: 2}
	if a.key() == b.key() || !strings.HasSuffix(a.key(), ".pictures") {
		t.Errorf("keys %s and %s", a.key(), b.key())
	}
}
