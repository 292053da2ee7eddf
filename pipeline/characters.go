package pipeline

import (
	"fmt"
	"strings"

	"workreport/charts"
	"workreport/pipeline/appendix"
)

// characters says which characters a reader may not see as they are meant.
func characters(r Result) ([]string, error) {
	var lines []string
	missing, err := charts.Missing(r.Charts)
	if len(missing) > 0 {
		lines = append(lines, fmt.Sprintf("图的字体没有这些字，图上显示不出来：%s；请换用别的字，或在附录的表里查看", listed(missing)))
	}
	if unusual := appendix.Unusual(appendixOf(r, "")); len(unusual) > 0 {
		lines = append(lines, fmt.Sprintf("公文字体（仿宋_GB2312 等）没有这些字，附录里改用宋体或 SimSun-ExtB：%s；请在打印前核对", listed(unusual)))
	}
	return lines, err
}

// listed are characters with their numbers, in case they cannot be seen here either.
func listed(all []rune) string {
	const most = 30
	var texts []string
	for i, r := range all {
		if i == most {
			texts = append(texts, fmt.Sprintf("……共 %d 个", len(all)))
			break
		}
		texts = append(texts, fmt.Sprintf("%c（U+%04X）", r, r))
	}
	return strings.Join(texts, "、")
}
