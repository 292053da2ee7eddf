package charts

import (
	"math"
	"testing"
)

// sights are how eyes see a colour, as matrices over linear red, green and blue:
// the two common kinds of colour blindness by Viénot, Brettel and Mollon, Digital
// video colourmaps for checking the legibility of displays by dichromats, Color
// Research and Application 24 (1999), and a black-and-white printer (Rec. 709).
var sights = map[string][3][3]float64{
	"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
	"deuteranopia": {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}},
	"grey":         {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
}

// TestColoursStandApart: as CIE 1976 differences, where 2 is just noticed side by
// side. Neighbours of a stack or a ring must be plain to tell; the first five
// colours, which are all that most charts use, may stand anywhere.
func TestColoursStandApart(t *testing.T) {
	for name, sight := range sights {
		apart := func(a, b string, least float64) {
			t.Helper()
			if d := difference(seen(a, sight), seen(b, sight)); d < least {
				t.Errorf("%s: %s and %s differ by %.1f, not %.0f", name, a, b, d, least)
			}
		}
		for i := range palette[1:] {
			apart(palette[i], palette[i+1], 22)
			if i > 0 {
				apart(palette[i+1], palette[0], 12) // the ends of a ring
			}
		}
		for i, a := range palette[:5] {
			for _, b := range palette[:i] {
				apart(a, b, 10)
			}
		}
		apart(palette[0], lastColor, 40)
		for i := range blues[1:] {
			apart(blues[i], blues[i+1], 12)
		}
	}
}

// seen is a colour as CIE L*a*b*, white being D65.
func seen(color string, sight [3][3]float64) (lab [3]float64) {
	linear := linearRGB(color)
	var rgb [3]float64
	for i, row := range sight {
		for j := range row {
			rgb[i] += row[j] * linear[j]
		}
		rgb[i] = min(1, max(0, rgb[i]))
	}
	f := func(x, y, z, white float64) float64 {
		t := (x*rgb[0] + y*rgb[1] + z*rgb[2]) / white
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x, y, z := f(0.4124, 0.3576, 0.1805, 0.9505), f(0.2126, 0.7152, 0.0722, 1), f(0.0193, 0.1192, 0.9505, 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func difference(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// TestSightsSeeWhiteAsWhite holds the matrices: nobody sees a tint in white or grey.
func TestSightsSeeWhiteAsWhite(t *testing.T) {
	for name, sight := range sights {
		for _, color := range []string{"#ffffff", "#808080"} {
			if d := difference(seen(color, sight), seen(color, sights["all colours"])); d > 0.5 {
				t.Errorf("%s: %s is seen %.2f off", name, color, d)
			}
		}
	}
}
