package appendix

import "strings"

// linesOf is in how many lines text is set in type of that size, on that width,
// both in points. It reckons with the widest of the usual fonts, so that a page
// laid out by it never overflows: Chinese is as wide as high, digits half of it.
func linesOf(text string, width, size float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		var used float64
		for _, word := range unbroken(paragraph) {
			long := emsOf(word) * size
			if used > 0 && used+long > width {
				lines, used = lines+1, 0
			}
			used += long
			for used > width { // a word longer than a line is broken
				lines, used = lines+1, used-width
			}
		}
	}
	return lines
}

// unbroken are the pieces of a text that a line may end after: a Chinese
// character with the closing marks behind it, and Latin words.
func unbroken(text string) []string {
	var words []string
	opens := false
	for _, r := range text {
		last := len(words) - 1
		narrow := r < 0x2000 && r != ' '
		switch {
		case last < 0:
			words = append(words, string(r))
		case opens, strings.ContainsRune("、，。：；！？）》〉」』】〕”’％%—", r),
			narrow && words[last][len(words[last])-1] < 0x80 && !strings.HasSuffix(words[last], " "):
			words[last] += string(r)
		default:
			words = append(words, string(r))
		}
		opens = strings.ContainsRune("（《〈「『【〔“‘", r)
	}
	return words
}

// emsOf is how wide text is, in heights of its type.
func emsOf(text string) float64 {
	var ems float64
	for _, r := range text {
		switch {
		case r >= 0x2000, r == '%', r == 'W', r == 'M':
			ems++
		case r >= 'A' && r <= 'Z':
			ems += 0.8
		case r >= '0' && r <= '9':
			ems += 0.56
		case strings.ContainsRune("-.,:; ", r):
			ems += 0.36
		default:
			ems += 0.6
		}
	}
	return ems
}
