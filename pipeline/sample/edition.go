package sample

import (
	"fmt"
	"time"
)

// sessionName names the plenary session held in a year. A term has five sessions; the seventh began in 2021.
func sessionName(year int) string {
	terms := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"}
	since := year - 1986 // the first year of the first term, counted back from 2021
	return terms[since/5] + "届" + terms[since%5+1] + "次"
}

// sessionDay is the first day of the plenary session of a year.
func sessionDay(year int) time.Time {
	switch year {
	case 2020:
		return day(2020, 5, 18)
	case 2021:
		return day(2021, 5, 12)
	case 2022:
		return day(2022, 4, 25)
	}
	return day(year, 4, 20)
}

// cutOff is the day after which records no longer count for the report on a year.
func cutOff(year int) time.Time {
	switch year {
	case 2020:
		return day(2021, 4, 30)
	case 2021:
		return day(2022, 4, 15)
	}
	return day(year+1, 4, 10)
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func edition(year int) string {
	date := func(t time.Time) string { return t.Format(time.DateOnly) }
	return fmt.Sprintf(`# 本年度工作报告的设置。以井号开头的是说明，等号右边的值可以修改。

# 年度：报告所写的年份
year = %d
# 单位全称：印在图表和附录上
organisation = "政协泽州县委员会"
# 会次：报告提交的全体会议
session = "%s会议"
# 会期：这次全体会议的第一天
session_date = %s
# 提案届次：统计哪一次会议（含会后平时）的提案
proposal_session = "%s"
# 稿件状态：如草案、送审稿、定稿
status = "草案"
# 说明：印在每份文件的首页，可以留空
notice = "样例：所用记录均为虚构，仅供演示和测试，不代表任何单位的实际工作。"
# 截止日期：此日之后的记录不计入
cut_off = %s

# 统计时段：全年，首日和末日都计入
[windows.year]
title = "全年"
first = %s
last = %s

# 统计时段：自上次全体会议以来，首日和末日都计入
[windows.session]
title = "%s会议以来"
first = %s
last = %s

# 修约：half_up 为四舍五入，half_even 为四舍六入五成双（GB/T 8170）；百分数保留几位小数
[rounding]
policy = "half_up"
percent_places = 2

# 概数的容许范围（百分之几）：about 用于“约”“左右”，nearly 用于“近”
[tolerances]
about = 5
nearly = 10

# 防错：一个数字比上一期（没有上一期就比上年）变动超过百分之几，就要有人确认
[guard]
moved = 50

# 无人值守的运行：会期前一天的几点几分；失败时运行的命令，不经过 shell，没有就留空
[unattended]
at = "06:00"
on_failure = []
`,
		year, sessionName(year+1), date(sessionDay(year+1)), sessionName(year), date(cutOff(year)),
		date(day(year, 1, 1)), date(day(year, 12, 31)),
		sessionName(year), date(sessionDay(year)), date(cutOff(year)))
}
