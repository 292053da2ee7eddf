package change

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// settings are the keys of edition.toml that the two do not share.
func settings(then, now year) []Setting {
	if then.year == 0 || now.year == 0 {
		return nil
	}
	was, is := flat(then.settings.Text), flat(now.settings.Text)
	var list []Setting
	for _, key := range slices.Sorted(maps.Keys(union(was, is))) {
		if was[key] != is[key] {
			list = append(list, Setting{now.year, key, was[key], is[key]})
		}
	}
	return list
}

// flat is a settings file as keys like windows.year.first; both editions were
// computed by it, so that it can be read.
func flat(text string) map[string]string {
	var tree map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &tree); err != nil {
		return nil
	}
	values := map[string]string{}
	var walk func(prefix string, tree map[string]any)
	walk = func(prefix string, tree map[string]any) {
		for key, value := range tree {
			switch value := value.(type) {
			case map[string]any:
				walk(prefix+key+".", value)
			case interface{ Format(string) string }:
				values[prefix+key] = value.Format("2006-01-02")
			default:
				values[prefix+key] = fmt.Sprint(value)
			}
		}
	}
	walk("", tree)
	return values
}
