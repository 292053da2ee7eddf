package sample

import (
	"fmt"
	"slices"
	"time"
)

func (b *builder) addExchanges() {
	topics := []string{"旅游公路建设", "文旅康养产业融合", "乡镇联络组建设", "提案工作", "委员之家建设"}
	for i, on := range b.days(len(b.want.partners)+2, b.on(3, 22), b.on(11, 30), warm) {
		b.add("exchanges", b.number("JL"), turn(b.want.partners, i), turn(topics, i), on, turn([]string{"来访", "赴访", "联合调研"}, i), b.between(6, 18))
	}
	b.add("exchanges", b.number("JL"), "长治市上党区政协", topics[3], b.on(14, 22), "来访", 9)
}

// addHistory: the book of the year with its sections, and other works with theirs.
func (b *builder) addHistory() {
	work := func(title, volume, status string, on time.Time, copies any, sections []string) {
		no := b.number("WS")
		b.add("history_works", no, title, volume, status, on, copies)
		for i, s := range sections {
			b.add("history_sections", no, i+1, s)
		}
	}
	var none time.Time
	work("泽州文史资料选编", "第十二辑", "出版", b.on(-2, 20), 800, []string{"往事回望", "名胜考略", "人物春秋", "地方掌故"})
	work(b.want.book, "", "出版", b.on(11, 26), 1200, b.want.bookSections)
	work("太行古道上的泽州", "", "编辑", none, nil, []string{"关隘", "驿站", "商路"})
	work("亲历乡村变迁", "", "征集", none, nil, nil)
}

type article struct {
	title, author, outlet, channel, genre, campaign string
	on                                              time.Time
}

// addArticles: counted by channel, genre, campaign and outlet; the same genres in other channels, another
// campaign, an essay too early and one too late, and the January after.
func (b *builder) addArticles() {
	const campaign, other = "征文", "全县“书香政协”读书征文"
	const wechat, web, television, paper = "公众号", "网站", "电视", "报刊"
	outlets := map[string]string{wechat: "泽州政协公众号", web: "泽州政协网", television: "泽州县电视台"}
	var all []article
	title := func(ways []string) string {
		i := b.dice.IntN(len(ways) * len(subjects))
		return fmt.Sprintf(ways[i/len(subjects)], turn(subjects, i).name)
	}
	add := func(ways []string, outlet, channel, genre, contest string, days ...time.Time) {
		for _, on := range days {
			a := article{title(ways), "", outlet, channel, genre, contest, on}
			if genre != "综合报道" && len(all)%5 < 3 {
				a.author = b.pick(b.serving(on), 1)[0].no
			}
			all = append(all, a)
		}
	}
	papers := []string{"太行日报", "山西政协报", "晋城政协", "太行日报", "晋城政协", "太行日报", "山西政协报"}
	for i, on := range b.yearDays(b.want.press, steady) {
		outlet := turn(papers, i)
		if i == 4 || i == 9 {
			outlet = "山西日报"
		}
		add(storyWays, outlet, paper, "文章", "", on)
	}
	add(storyWays, "人民代表报", paper, "稿件", "", b.on(5, 20), b.on(9, 9))
	add(storyWays, "山西政协报", paper, "文章", "", b.on(13, 14))
	add(storyWays, outlets[web], web, "文章", "", b.on(4, 15), b.on(11, 4))
	add(storyWays, "征文专辑", campaign, "征文", b.want.campaign, b.days(b.want.essays, b.on(3, 15), b.on(7, 15), warm)...)
	add(storyWays, "征文专辑", campaign, "征文", b.want.campaign, b.on(0, 29), b.on(13, 11))
	add(storyWays, "征文专辑", campaign, "征文", other, b.days(13, b.on(8, 2), b.on(10, 29), steady)...)

	add(storyWays, outlets[wechat], wechat, "稿件", "", b.yearDays(b.want.wechat, warm)...)
	add(storyWays, outlets[wechat], wechat, "稿件", "", b.days(11, b.on(13, 4), b.on(13, 28), steady)...)
	add(storyWays, outlets[web], web, "稿件", "", b.yearDays(26, steady)...)
	for i, channel := range []string{wechat, web, television} {
		n := []int{b.want.news - b.want.news*3/10 - b.want.news/8, b.want.news * 3 / 10, b.want.news / 8}[i]
		add(newsWays, outlets[channel], channel, "综合报道", "", b.yearDays(n, steady)...)
		add(newsWays, outlets[channel], channel, "综合报道", "", b.days(6-2*i, b.on(13, 4), b.on(13, 28), steady)...)
	}
	slices.SortStableFunc(all, func(a, b article) int { return a.on.Compare(b.on) })
	for _, a := range all {
		b.add("articles", b.number("GJ"), a.title, a.author, a.outlet, a.channel, a.genre, a.campaign, a.on)
	}
}
