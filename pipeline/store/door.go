package store

import (
	"context"
	"fmt"
	"strings"
)

// admit is the door that every text of a query file goes through before any of
// it reaches the engine in a statement: each text must be whole by itself, and
// the statement made of them exactly one SELECT that reads the records alone.
func (s *Store) admit(ctx context.Context, q Query) error {
	if err := s.admitText(ctx, "查询正文", q.Body, q.File, q.Line); err != nil {
		return err
	}
	if q.Subquery != "" {
		if err := s.admitText(ctx, "“records:”", q.Subquery, q.File, q.HeadLine); err != nil {
			return err
		}
	}
	if q.Expression != "" {
		if err := s.admitExpression(ctx, q); err != nil {
			return err
		}
	}
	if q.Before == "" {
		return nil
	}
	whole, err := s.parse(ctx, q.SQL())
	if err != nil {
		return fmt.Errorf("%s:%d: %w", q.File, q.HeadLine, err)
	}
	if whole.forbidden != nil {
		return fmt.Errorf("%s:%d: %s", q.File, q.lineOf(whole.forbidden.at), strings.Replace(spoken("文件头和查询正文合起来", whole.forbidden), "本身", "", 1))
	}
	return nil
}

func (s *Store) admitText(ctx context.Context, name, text, file string, line int) error {
	p, err := s.parse(ctx, text)
	if err != nil {
		return fmt.Errorf("%s:%d: %w", file, line, err)
	}
	if p.forbidden == nil {
		return nil
	}
	return fmt.Errorf("%s:%d: %s", file, line+newlines(text, p.forbidden.at), spoken(name, p.forbidden))
}

// spoken names the text of which a objection says what it is not.
func spoken(name string, f *objection) string {
	if strings.HasPrefix(f.why, incomplete) || strings.HasPrefix(f.why, "含有") {
		return name + f.why
	}
	return f.why
}

// admitExpression holds the text of “value:” to be one value: what closes a
// bracket early is no SELECT without brackets, what brings its own FROM is none
// within them.
func (s *Store) admitExpression(ctx context.Context, q Query) error {
	for _, text := range []string{"SELECT (" + q.Expression + ")", "SELECT " + q.Expression} {
		p, err := s.parse(ctx, text)
		switch {
		case err != nil:
			return fmt.Errorf("%s:%d: %w", q.File, q.HeadLine, err)
		case p.forbidden != nil && !strings.HasPrefix(p.forbidden.why, incomplete):
			return fmt.Errorf("%s:%d: %s", q.File, q.HeadLine, p.forbidden.why)
		case p.forbidden != nil || !p.single:
			return fmt.Errorf("%s:%d: “value:”应是一个值的算式，如 count(*)、sum(amount)，不能带别的语句：%s", q.File, q.HeadLine, q.Expression)
		}
	}
	return nil
}

// lineOf is the line of the query file on which a byte of the statement stands.
func (q Query) lineOf(at int) int {
	if q.Before == "" {
		return q.Line + newlines(q.Body, at)
	}
	if n := newlines(q.SQL(), at); n > 0 {
		return q.Line + n - 1
	}
	return q.HeadLine
}

func newlines(text string, at int) int { return strings.Count(text[:min(at, len(text))], "\n") }

// Sources are the titles of the record sets a query reads, views followed,
// in the order of their names. It is an error for the query to compute with
// floats on the way, or with anything that is not the same twice.
func (s *Store) Sources(ctx context.Context, q Query) ([]string, error) {
	if err := s.admit(ctx, q); err != nil {
		return nil, err
	}
	p, err := s.parse(ctx, q.SQL())
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", q.File, q.Line, err)
	}
	if p.unsound != nil {
		return nil, fmt.Errorf("%s:%d: %s", q.File, q.lineOf(p.unsound.at), p.unsound.why)
	}
	found := map[string]bool{}
	if err := s.follow(ctx, p, found); err != nil {
		return nil, err
	}
	var titles []string
	for _, set := range s.contract.Sets {
		if found[set.Name] {
			titles = append(titles, set.Title)
		}
	}
	return titles, nil
}

// follow finds all that a query reads, through the views it reads.
func (s *Store) follow(ctx context.Context, p parsed, found map[string]bool) error {
	for _, name := range p.tables {
		if found[name] {
			continue
		}
		found[name] = true
		v, ok := s.views[name]
		if !ok {
			continue
		}
		view, err := s.parse(ctx, v.SQL)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", v.File, v.Line, err)
		}
		if view.unsound != nil {
			return fmt.Errorf("%s:%d: %s", v.File, v.Line+newlines(v.SQL, view.unsound.at), view.unsound.why)
		}
		if err := s.follow(ctx, view, found); err != nil {
			return err
		}
	}
	return nil
}
