import Because
import Figures
import LedgerSamples
import Report
import StorageTesting
import Testing

/// What every page is: one file that loads and runs nothing, which whoever does not see it can read as well.
struct PageTests {
    private func check(_ bytes: [UInt8]) throws {
        let page = try ParsedPage(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("<!DOCTYPE html>\n") && page.root.name == "html" && page.root.attributes["lang"] == "en")
        // Nothing is run, and nothing comes from elsewhere.
        let harmless: Set = [
            "html", "head", "meta", "title", "style", "body", "svg", "defs", "pattern", "rect", "line", "circle",
            "main",
            "header", "p", "h1", "h2", "h3", "code", "dl", "div", "dt", "dd", "small", "nav", "ul", "li", "a",
            "section",
            "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "details", "summary", "desc", "time", "wbr",
        ]
        #expect(Set(page.all.map(\.name)).isSubset(of: harmless))
        for element in page.all {
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on") && !["style", "src", "srcset", "action"].contains(name), "\(name)")
                if name == "href" { #expect(value.hasPrefix("#")) }
                if name != "xmlns" { #expect(!value.contains("://")) }
            }
        }
        try checkPolicy(page)
        checkNames(page)
    }

    private func checkPolicy(_ page: ParsedPage) throws {
        let sheet = try #require(page.root.first("style"))
        let policy = page.root.all("meta").compactMap {
            $0.attributes["http-equiv"] == "Content-Security-Policy" ? $0.attributes["content"] : nil
        }
        #expect(policy.count == 1 && policy[0].hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(!sheet.text.contains("@import") && !sheet.text.contains("http"))
        #expect(sheet.text.matches(of: /url\((.)/).allSatisfy { $0.1 == "#" })
    }

    /// Whatever is referred to is there, once, and what is drawn has a name or is passed over.
    private func checkNames(_ page: ParsedPage) {
        let ids = page.all.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        for element in page.all {
            let named = (element.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
            let linked = element.attributes["href"].map { [String($0.dropFirst())] } ?? []
            #expect((named + linked).allSatisfy(ids.contains))
            if element.name == "svg" {
                let isNamed = element.attributes["role"] == "img" && element.first("title") != nil
                #expect(isNamed || element.attributes["aria-hidden"] == "true")
            }
            if element.name == "table" {
                #expect(element.first("caption") != nil)
                let width = element.first("tr")?.children.count
                #expect(element.all("tr").allSatisfy { $0.children.count == width })
                #expect(element.all("th").allSatisfy { $0.attributes["scope"] != nil })
            }
        }
        #expect(page.root.all("h1").count == 1)
    }

    @Test(arguments: [1, 3, 20])
    func `a page of everything is well-formed, and loads and runs nothing`(top: Int) async throws {
        let pages = try await Pages.varied.value
        for question in [.all, try StatisticsQuestion(comparison: Pages.comparison)] {
            try check(ReportPage(pages.content(question), top: top).bytes)
        }
    }

    @Test func `an empty ledger has a page, and it says so`() async throws {
        let pages = try await Pages()
        try check(ReportPage(pages.content()).bytes)
        let page = try pages.page()
        #expect(page.root.text.contains("It has no decisions."))
        #expect(page.root.text.contains("No producer numbers its decisions."))
        #expect(try page.section("specifications").text.contains("None was registered."))
        #expect(try page.section("integrity").text.contains("Nothing. The numbers below were counted"))
    }

    @Test func `one decision has a page, with bars instead of columns`() async throws {
        let pages = try await Pages()
        _ = try await pages.ledger.record([Sample.least("only")])[0].get()
        try check(ReportPage(pages.content()).bytes)
        let page = try pages.page()
        #expect(page.root.text.contains("1 decision, recorded from"))
        #expect(page.root.all("svg", class: "columns").isEmpty)
        #expect(try page.section("outcomes").all("li").map(\.text) == ["comply1 \u{00B7} 100.0 %"])
    }

    @Test func `no sealed text is in a page`() async throws {
        let text = String(decoding: try await ReportPage(Pages.varied.value.content()).bytes, as: UTF8.self)
        #expect(!text.contains("sealed words"))
    }

    @Test func `the same ledger has the same page, byte for byte`() async throws {
        let pages = try await Pages.varied.value
        #expect(try ReportPage(pages.content()).bytes == ReportPage(pages.content()).bytes)
    }

    @Test func `of ten thousand producers the first are shown, and the rest is summed`() async throws {
        let pages = try await Pages()
        let count = 10_000
        for start in stride(from: 0, to: count, by: 1000) {
            let lines = try (start..<start + 1000).map {
                try Sample.submission(
                    #"{"id":"x-\#($0)","outcome":"comply","none_cited":"n","rationale_absent":"r","producer":{"id":"p-\#($0)","epoch":"e","seq":\#($0 == 77 ? 2 : 1)}}"#
                )
            }
            for result in await pages.ledger.record(lines) { _ = try result.get() }
        }
        let bytes = try ReportPage(pages.content()).bytes
        #expect(bytes.count < 100_000)
        let section = try ParsedPage(bytes).section("completeness")
        #expect(section.text.contains("and 9,980 more producers: 9,980 complete."))
        #expect(section.all("li").first?.text == "p-771 with a gap", "what has a gap stands first")
        let rows = section.all("tr").map { $0.children.map(\.text) }
        #expect(rows.last == ["all", "10,000", "10,000", "9,999", "1", "0", "1"])
    }

    private static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"x", "</style><b>", "]]>&amp;&#0;", "\u{202E}gnp.exe",
        "a\u{0}b\u{1B}[31m",
        "\u{FFFE}\u{FFFF}", String(repeating: "x", count: 4000), "\u{200B}\u{2028}\u{E0041}", "-->", "日本語 \u{1F600}",
    ]

    @Test(arguments: hostile.indices)
    func `whatever somebody writes into the log past the program is text`(number: Int) async throws {
        let hostile = Self.hostile[number]
        let pages = try await Pages()
        _ = try await pages.ledger.register(Sample.specification())
        // So many that the others are still proven by a tile that is stored.
        for result in await pages.ledger.record(try (0..<300).map { try Sample.least("d-\($0)") }) {
            _ = try result.get()
        }
        let text = JSON.string(hostile)
        let body: JSON = [
            "outcome": text, "model": ["served": text], "kind": text,
            "producer": ["id": text, "epoch": text, "seq": 1, "version": text],
            "conflicts": [["rule": text, "winner": .string("message:" + hostile), "between": [text, text]]],
        ]
        let entry = try Entry.bytes(
            number: 3, at: Timestamp(microseconds: SampleClock.start), type: "decision", id: "d-1",
            link: SHA256.digest(of: []), body: body.bytes())
        pages.store.tamper { $0.entries[3] = entry }
        let question = try StatisticsQuestion(
            comparison: DisparityQuestion(by: .model, favourable: [.comply], minimum: 1))
        let bytes = try ReportPage(pages.content(question)).bytes
        try check(bytes)
        let hidden = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
            JSON.isHidden($0) || $0.value < 0x20 && $0 != "\n"
        }
        #expect(hidden.isEmpty)
        let page = try ParsedPage(bytes)
        let shown = VisibleText.lines(Markup(text: hostile).text)
        #expect(String(decoding: bytes, as: UTF8.self).contains(shown))
        #expect(try page.section("completeness").all("li").count == 1)
    }

    @Test func `what would have to be proven, and cannot be, is said to be unknown`() async throws {
        let pages = try await Pages()
        _ = try await pages.ledger.register(Sample.specification())
        try await pages.record(
            #"{"id":"x","outcome":"act","none_cited":"n","rationale_absent":"r","conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"message:user"}]}"#
        )
        for result in await pages.ledger.record(try (0..<300).map { try Sample.least("d-\($0)") }) {
            _ = try result.get()
        }
        #expect(try pages.page().section("inconsistent").text.contains("1 record of 1 in the whole ledger"))
        pages.store.tamper { contents in
            guard let bytes = contents.entries[2] else { return }
            contents.entries[2] = Array(
                String(decoding: bytes, as: UTF8.self).replacing("\"act\"", with: "\"yes\"").utf8)
        }
        let bytes = try ReportPage(pages.content()).bytes
        try check(bytes)
        let page = try ParsedPage(bytes)
        #expect(try page.section("inconsistent").text.contains("It cannot be told: entry 2 cannot be proven"))
        #expect(page.root.all("dd").contains { $0.text == "?cannot be told" })
    }
}
