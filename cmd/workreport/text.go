package main

import (
	"fmt"
	"io"
	"strings"

	"workreport/pipeline/contract"
)

// pad fills a text with blanks up to a width on a terminal.
func pad(text string, to int) string {
	return text + strings.Repeat(" ", max(0, to-contract.Columns(text)))
}

// printTable prints rows in columns; the last is not filled.
func printTable(out io.Writer, rows [][]string) {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], contract.Columns(cell))
		}
	}
	for _, row := range rows {
		var cells []string
		for i, cell := range row {
			if i < len(row)-1 {
				cell = pad(cell, widths[i])
			}
			cells = append(cells, cell)
		}
		fmt.Fprintln(out, strings.TrimRight(strings.Join(cells, "  "), " "))
	}
}
