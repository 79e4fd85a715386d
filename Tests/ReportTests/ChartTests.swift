import Because
import LedgerSamples
import Report
import Testing

/// What is drawn, against a count of what was recorded.
struct ChartTests {
    private static let numbers = (0..<60).filter { $0 != 30 }

    private func percent(_ element: ParsedPage.Element, _ name: String) throws -> Double {
        let text = try #require(element.attributes[name])
        return try #require(Double(text.hasSuffix("%") ? String(text.dropLast()) : text))
    }

    /// The lengths of the parts of a bar, without its track, in percent.
    private func lengths(_ item: ParsedPage.Element) throws -> [Double] {
        try item.all("rect").filter { $0.attributes["class"] != "track" }.map { try percent($0, "width") }
    }

    private func expect(_ lengths: [Double], _ want: [Double]) {
        #expect(
            lengths.count == want.count && zip(lengths, want).allSatisfy { abs($0 - $1) < 0.011 }, "\(lengths) \(want)")
    }

    @Test func `columns are as high as their numbers, on one scale`() async throws {
        let section = try await Pages.varied.value.page().section("outcomes")
        let charts = section.all("svg", class: "columns")
        let outcomes = ["comply", "safe_complete", "refuse", "act", "escalate"]
        #expect(charts.count == outcomes.count)
        // In each week there are twelve, but for the third.
        for (chart, outcome) in zip(charts, outcomes) {
            let counts = (0..<5).map { week in
                Self.numbers.count { $0 / 12 == week && Pages.outcome($0) == outcome }
            }
            let heights = try chart.all("rect").map { try percent($0, "height") }
            // The scale ends at 6, which is the most there is.
            let want = counts.filter { $0 > 0 }.map { max(1.5, Double($0) / 6 * 43) }
            #expect(
                heights.count == want.count && zip(heights, want).allSatisfy { abs($0 - $1) < 0.06 },
                "\(heights) \(want)")
            #expect(chart.first("desc")?.text.hasPrefix("\(counts.reduce(0, +)) decisions from") == true)
        }
        let rows = section.all("tr").dropFirst().map { $0.children.dropFirst().map(\.text) }
        #expect(rows.count == 6 && rows.last?.first == "59")
        for week in 0..<5 {
            let want = outcomes.map { name in Self.numbers.count { $0 / 12 == week && Pages.outcome($0) == name } }
            #expect(Array(rows[week].dropFirst()) == want.map(String.init))
        }
    }

    @Test func `principles have bars of their length, and parts of their responses`() async throws {
        let page = try await Pages.varied.value.page()
        let sections = Dictionary(grouping: Self.numbers, by: Pages.section)
        let order = ["privacy", "honesty", "secrets"].sorted {
            (sections[$1]?.count ?? 0, $0) < (sections[$0]?.count ?? 0, $1)
        }
        let lists = try page.section("principles").all("ul", class: "bars")
        let uses = lists[1].all("li")
        #expect(uses.map { $0.first("code")?.text } == order)
        let greatest = Double(sections[order[0]]?.count ?? 1)
        for (item, name) in zip(uses, order) {
            let count = sections[name]?.count ?? 0
            #expect(item.first("span", class: "value")?.text == "\(count)")
            expect(try lengths(item), [Double(count) / greatest * 100])
        }
        let root = Self.numbers.count { Pages.section($0) != "honesty" }
        #expect(lists[0].all("span", class: "value").map(\.text) == ["\(root) citations", "\(59 - root) citations"])

        let responses = try page.section("responses").all("ul", class: "bars")[1].all("li")
        for (item, name) in zip(responses, order) {
            let all = sections[name] ?? []
            let parts = [["comply", "act"], ["safe_complete"], ["refuse"], ["escalate"]].map { kinds in
                Double(all.count { kinds.contains(Pages.outcome($0)) }) / Double(all.count) * 100
            }
            expect(try lengths(item), parts.filter { $0 > 0 })
        }
    }

    @Test func `what people did, and how conflicts were settled, is drawn as it was recorded`() async throws {
        let page = try await Pages.varied.value.page()
        let people = try page.section("people")
        let values = people.all("ul", class: "bars").map { list in
            list.all("li").map {
                "\($0.first("span", class: "name")?.text ?? "") \($0.first("span", class: "value")?.text ?? "")"
            }
        }
        #expect(values == [["confirm 2", "deny 1", "override 1"], ["not decided yet 1", "reversed 1"]])
        #expect(people.text.contains("2 decisions (3.4 %) did not stand as made"))
        #expect(people.text.contains("2 decisions (3.4 %) were contested"))
        let conflicts = try page.section("conflicts").all("li")
        #expect(conflicts.count == 1 && conflicts[0].text == "higher authority5followed: root 4, message of user 1")
    }

    @Test func `segments stand at their ratio, and few decisions are not drawn`() async throws {
        let pages = try await Pages.varied.value
        let section = try pages.page(StatisticsQuestion(comparison: Pages.comparison)).section("segments")
        let rates = (0..<3).map { segment in
            let all = Self.numbers.filter { $0 % 3 == segment }
            return Double(all.count { ["comply", "act"].contains(Pages.outcome($0)) }) / Double(all.count)
        }
        let highest = try #require(rates.max())
        for item in section.first("ul", class: "bars")?.all("li") ?? [] {
            let name = try #require(item.first("span", class: "name")?.text.dropFirst())
            let circle = try #require(item.first("circle"))
            let dot = try percent(circle, "cx")
            #expect(abs(dot - rates[Int(name) ?? 0] / highest / 1.5 * 100) < 0.011)
        }
        #expect(section.all("circle").count == 3)
        let few = DisparityQuestion(by: .producer, favourable: [.comply], minimum: 100)
        let none = try pages.page(StatisticsQuestion(comparison: few)).section("segments")
        #expect(none.all("circle").isEmpty && none.text.contains("fewer than 100"))
    }

    @Test func `versions are drawn from their first to their last moment`() async throws {
        let pages = try await Pages.varied.value
        let items = try pages.page().section("specifications").all("li")
        #expect(items.count == 2)
        let (first, second) = (try #require(items[0].all("rect").last), try #require(items[1].all("rect").last))
        #expect(try percent(first, "x") == 0)
        let border = try percent(first, "width")
        #expect(
            try abs(percent(second, "x") - border) < 0.011 && abs(percent(second, "width") - (100 - border)) < 0.011)
        // The second came in force after three weeks of the five.
        #expect(abs(border - 60) < 1)
        #expect(items.map { $0.first("span", class: "value")?.text } == ["35 decisions", "24 decisions"])
    }

    @Test func `completeness and inconsistent records are those of the other commands`() async throws {
        let pages = try await Pages.varied.value
        let page = try pages.page()
        let report = try await pages.ledger.completeness()
        let rows = try page.section("completeness").all("tr").dropFirst().map { $0.children.map(\.text) }
        #expect(rows.first == ["p0", "19", "1", "0", "1", "0", "1"])
        #expect(rows.last?[2] == "\(report.accounts.count)")
        var found: [InconsistentRecord] = []
        let counts = try pages.ledger.lint { found.append($0) }
        let section = try page.section("inconsistent")
        #expect(section.text.contains("\(counts.inconsistent) record of \(counts.compared) in the whole ledger"))
        #expect(found.map(\.id) == ["d-20"] && section.all("code").map(\.text) == ["d-20"])
    }
}
