package main

import (
	"context"
	"fmt"
	"io"

	"workreport/pipeline"
	"workreport/pipeline/figure"
)

func listFigures(ctx context.Context, a arguments, out, _ io.Writer) error {
	return withYear(ctx, a, func(y *pipeline.Year) error {
		switch a.format {
		case "csv":
			return pipeline.FiguresCSV(out, y.Figures)
		case "json":
			return pipeline.FiguresJSON(out, y.Figures)
		}
		figuresTable(out, y.Figures)
		return nil
	})
}

// withYear computes the year of the command line.
func withYear(ctx context.Context, a arguments, use func(*pipeline.Year) error) error {
	if err := a.fillYear(); err != nil {
		return err
	}
	definitions, err := pipeline.LoadDefinitions(a.data, a.queries)
	if err != nil {
		return err
	}
	return pipeline.With(ctx, definitions, a.data, a.year, use)
}

func figuresTable(out io.Writer, figures []figure.Figure) {
	section := ""
	var rows [][]string
	for _, f := range figures {
		if f.Spec.Section != section {
			if rows != nil {
				printTable(out, rows)
			}
			section, rows = f.Spec.Section, nil
			fmt.Fprintf(out, "\n%s\n", section)
		}
		rows = append(rows, []string{"  " + f.Spec.ID, f.ValueText + f.Spec.Unit, f.Quoted, f.Sentence()})
	}
	printTable(out, rows)
}
