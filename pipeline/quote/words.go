package quote

import (
	"cmp"
	"slices"
	"strings"
)

// words splits a list at blanks.
func words(list string) []string { return strings.Fields(list) }

// longestFirst puts longer words before the shorter ones they begin with.
func longestFirst(list []string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return list
}

// hanCounts are the measure words that make a Han numeral a count: 两次, 五辑.
// 一 counts by fewer of them, see ones.
var hanCounts = longestFirst(words(`人次 场次 件次 户次 批次 篇次 项次 车次 家次 班次 台次 例次 次 场 期 辑 部 册 本 集 卷 篇 件 条 份 名
	位 户 家 所 座 处 项 个 批 台 辆 套 轮 组 支 块 幅 首 亩 公顷 元 万元 亿元 吨 公里 米 平方米 平方公里 课时 学时 课 讲 堂 班 类 种 倍 番 百分点 个百分点
	例 起 宗 张 枚 只 头 棵 株 间 栋 字 人 则 款 笔 站 面 万人次 万人 趟 回 遍 家庭 企业 艘 架 把 顶 箱 袋 盒 瓶 盏 尊 封 版 口 幢`))

// units are what may follow an Arabic numeral.
var units = longestFirst(append(words(`个百分点 百分点 % ‰ 分 小时 分钟 秒 学分 个月 月 日 天 周 年 周岁 岁 届 级 立方米 千米 公斤 千克 斤 克 千瓦时 千瓦 度 里
	美元 港元 欧元 日元 英镑 角 千元 百元 页 幢 床 张床位 队 点 村 镇 乡 县 市 省 国 区 街道 道 门 节 宗地 桩 桶 粒 口 眼 孔 段 句 通 单 票 席 桌 餐 人份 列
	声 步 代 根 片 圈 环 帧 曲 出 折 剂次 剂 针次 针 股 层 方 km² km kg ㎡ m² MW kWh kW GB 平米 平方千米 户次 人天 车 号 方面 大 强 线 路 型 星 集群 门类`),
	hanCounts...))

// ones are the measure words by which 一 may count, behind a verb of something done.
var ones = words(`次 场 期 部 册 本 辑 篇 份 所 座 家 卷 集 幢 栋 间`)

// phrases are set words with numerals that are no numbers, and what they are.
// Those whose numerals stand before no measure word need not be listed: a Han
// numeral without one is never taken for a count.
var phrases = func() map[rune][]phrase {
	list := map[rune][]phrase{}
	for _, group := range []struct {
		class Class
		words string
	}{
		{Lexical, `进一步 一步步 第一时间 第一线 第一书记 第一责任人 第一要务 第一要义 第一资源 第一动力 第一生产力 第一议题 第一方阵 第一梯队 第一产业 第二产业 第三产业
			第一关 第一课 第一粒扣子 第一位的 第三方 第三者 第二课堂 第一现场 第一手 放在第一位 摆在第一位
			一系列 一揽子 一些 一切 一批批 一批 一直 一定 一道 一体 一致 一线 一旦 一般 一贯 一向 一律 一同 一起 一并 一经 一举 一流 一方面 一边 一面 一时 一次次 一次性
			一个个 一件件 一条条 一项项 一名名 一位位 一户户 一家家 一点 一下 一代代 一代 统一 唯一 同一 单一 专一 如一 归一 合一 之一 不一 一一 万一 逐一
			一方 另一 这一 那一 某一 任一 每一 又一 再一 新一轮 新一代 新一届 上一 下一 每一次 进一 一再 一味 一概 一度 一手 一头 一端 一种 一份子 一分子 一家人 一家亲 一盘棋
			星期一 星期二 星期三 星期四 星期五 星期六 周一 周二 周三 周四 周五 周六 双休日 双休 三三两两 三番五次 三天两头 五湖四海 四面八方 千家万户 百家争鸣 百花齐放 千方百计
			千军万马 千言万语 万众一心 一心一意 七上八下 不三不四 乱七八糟 四平八稳 一年一度 一年四季 十全十美 十分 百分百 万分 千万 万万 半斤八两 三位一体 五位一体 两位一体 多位一体 十位
			四套班子 五大班子 两套班子 三套班子 四大班子 四大家 三件大事 一件事 一网通办 一门式 一窗式 一站式 一条龙 一条心 一张图 一张蓝图 一张网 一条线 一本账 一本通 一把手 一家一户
			一对一 一帮一 一带一路 三农 四风 三公经费 两会 两学一做 三严三实 三会一课 三重一大 两不愁三保障 三权分置 八项规定 六项纪律 四项基本原则 四种形态 四个自我
			一国两制 两岸 一府两院 一府一委两院 两院 三级 二级 一级 四级 五级 两级 多级 二手 双向 双方 双重 双创 双拥 双减 双赢 双招双引 双碳 双循环 双随机 双公示 双月 双周 双联 双报到
			一杆子 一竿子 一股绳 一股劲 一口气 一席之地 一砖一瓦 一草一木 一言一行 一点一滴 一分部署 九分落实 一茬接着一茬 一任接着一任 一年接着一年 一棒接着一棒 一锤接着一锤
			一张张 一幅幅 一桩桩 一步一个 一个样 三百六十行 八仙过海 四通八达 四梁八柱 五脏六腑 七嘴八舌 三言两语 三心二意 接二连三 举一反三 独一无二 数一数二 一五一十 百尺竿头
			百年不遇 百年大计 百年奋斗 百年未有 百年 千年 万年 千秋 百业 百姓 老百姓 百科 百货 万物 万民 万象 万里 万全 万家灯火 千头万绪 千辛万苦 千差万别 千载难逢 亿万 千百 百般 百倍 三次产业 一二三产业 一二三产 第一二三产业 零售 零基 清零 零距离 零的突破 零容忍 零星 零碎 零工 零担 半导体 半年 半岛 半边天 半个月 上半年 下半年 半程 半天 二传手 过半数 大半`},
		{Name, `十三五 十四五 十二五 十一五 十五五 九五期间 八五期间 七五普法 八五普法 六五普法 两个确立 两个维护 四个意识 四个自信 四个全面 三个代表 两个一百年 两个百年 两个务必 三个务必 四个伟大 两个结合 六个必须坚持 五个必由之路 两个毫不动摇 两个责任 一岗双责 三个区分开来
			三个牢固树立 四个服务 五个统筹 四个革命 十四个坚持 十个明确 十三个方面成就 六个坚持 七个着力 四个之治 九个坚持 五大发展理念 五个认同 四个认同 五个共同 三个离不开 两个健康 两个共同 三个有利于 三个不能变
			三个没有变 一个中心 两个基本点 五个文明 六保 六稳 三大攻坚战 三大战略 四大优势 三个倍增 三个意识 一法一办法 四率 三个一批 三条保障线 三条红线 三条底线 两条生命线
			四渡赤水 红色三杰 太行一号 长征一号 五台山 五台县 三台县 七台河 五家渠 四方台 三门峡 六盘水 五条岭 三家店 三家村 五道口 五棵松 三里屯 六里桥 八里桥 十八里店 八一 七一 五一 五四 六一 十一国庆 三八 九一八 七夕 重九 五卅`},
	} {
		for _, w := range words(group.words) {
			first := []rune(w)[0]
			list[first] = append(list[first], phrase{[]rune(w), group.class})
		}
	}
	for first := range list {
		slices.SortStableFunc(list[first], func(a, b phrase) int { return cmp.Compare(len(b.runes), len(a.runes)) })
	}
	return list
}()

type phrase struct {
	runes []rune
	class Class
}

// phraseAt is the longest set phrase that begins at i.
func phraseAt(t []rune, i int) (phrase, bool) {
	for _, p := range phrases[t[i]] {
		end := i + len(p.runes)
		if end <= len(t) && slices.Equal(t[i:end], p.runes) && !(isHan(t[end-1]) && isHan(runeAt(t, end))) {
			return p, true
		}
	}
	return phrase{}, false
}

// unitAt is the longest of the units that stands at i, "" for none.
func unitAt(t []rune, i int, list []string) string {
	rest := string(t[i:min(len(t), i+8)])
	for _, u := range list {
		if strings.HasPrefix(rest, u) {
			return u
		}
	}
	return ""
}
