package quote

// Fit is to be replaced.
func (n Number) Fit(text string) (from, to int, with string) { return 0, len(n.Text), text }
