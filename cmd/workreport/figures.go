package main

import (
	"context"
	"fmt"
	"io"

	"workreport/pipeline"
	"workreport/pipeline/figure"
)

func listFigures(ctx context.Context, a arguments, out, _ io.Writer) error {
	definitions, err := a.definitions()
	if err != nil {
		return err
	}
	y, _, err := pipeline.Compute(ctx, definitions, a.data, a.year)
	if err != nil {
		return err
	}
	switch a.format {
	case "csv":
		return pipeline.FiguresCSV(out, y.Figures)
	case "json":
		return pipeline.FiguresJSON(out, y.Figures)
	}
	figuresTable(out, y.Figures)
	return nil
}

// definitions settles the year and loads the definitions the command line asks for.
func (a *arguments) definitions() (pipeline.Definitions, error) {
	if err := a.fillYear(); err != nil {
		return pipeline.Definitions{}, err
	}
	d, err := pipeline.LoadDefinitions(a.data, a.queries)
	d.AllowRejected = a.allowRejected
	return d, err
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
		row := []string{"  " + f.Spec.ID, f.ValueText + f.Spec.Unit, f.Quoted, lastYear(f), f.Sentence()}
		if f.Then != nil {
			row = append(row, "口径有变："+f.Then.Said())
		}
		rows = append(rows, row)
	}
	printTable(out, rows)
}

// lastYear is last year's value by this year's definition, and the change.
func lastYear(f figure.Figure) string {
	if f.LastText == "" {
		return ""
	}
	text := "上年" + f.LastText + f.Spec.Unit
	if f.ChangeText != "" {
		text += "，" + f.ChangeText
	}
	return text
}
