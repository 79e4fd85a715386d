import Foundation
import Testing

/// `because stats` and `because report` as they are typed.
struct StatsTests {
    private let ledger: TestLedger
    private let folder: Scratch

    init() throws {
        ledger = try TestLedger()
        folder = try Scratch(under: FileManager.default.temporaryDirectory.path)
    }

    private func run(_ arguments: String...) throws -> Answer {
        try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
    }

    private func record(_ count: Int) throws {
        let lines = (0..<count).map {
            #"{"id":"d-\#($0)","outcome":"\#($0 % 4 == 0 ? "refuse" : "comply")","principles":[{"ref":"acme/rules#protect-privacy","role":"applied"}],"rationale_absent":"r","producer":{"id":"p\#($0 % 2)"}}"#
        }
        let answer = try Because.run(
            ["record"], input: (lines.joined(separator: "\n") + "\n").utf8, environment: ["BECAUSE_LEDGER": ledger.path]
        )
        try #require(answer.status == 0, "\(answer.errors)")
    }

    /// What is printed, whatever the columns.
    private static func words(_ answer: Answer) -> String {
        answer.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func `stats prints tables, JSON or CSV of the same numbers, and says what was read`() throws {
        try record(80)
        let text = try run("stats")
        #expect(text.status == 0 && text.output.hasPrefix("80 decisions, recorded "))
        let words = Self.words(text)
        #expect(
            words.contains(" comply 60 75.0 % refuse 20 ") && words.contains("acme/rules#protect-privacy 80 60 0 20"))
        #expect(text.errors.contains("counted in the log itself, 82 entries"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(run("stats", "--json").bytes)) as? [String: Any])
        #expect(json["format"] as? String == "because-statistics/1" && json["decisions"] as? Int == 80)
        #expect(json["outcomes"] as? [String: Int] == ["comply": 60, "refuse": 20])
        let csv = try run("stats", "--csv").output
        #expect(csv.hasPrefix("table,name,measure,count\r\nall,,decisions,80\r\n"))
        #expect(csv.contains("producer,p0,outcome refuse,20\r\n"))
        #expect(try run("stats", "--until", "2000-01-01").output == "no decisions\n")
    }

    @Test func `segments are compared by what is said to be favourable, and by nothing else`() throws {
        try record(80)
        let arguments = ["--segment", "producer", "--favourable", "comply,act"]
        let text = try Because.run(["stats"] + arguments, environment: ["BECAUSE_LEDGER": ledger.path])
        #expect(Self.words(text).contains(" p1 40 40 100.0 % 1.000 highest rate "))
        #expect(Self.words(text).contains(" p0 40 20 50.0 % 0.500 0.367 to 0.682 below "))
        for wrong in [
            ["--segment", "producer"], ["--favourable", "comply"], ["--segment", "outcome", "--favourable", "comply"],
            ["--segment", "producer", "--favourable", "good"], ["--segment", "producer", "--favourable", ""],
            ["--by", "year"], ["--since", "soon"], ["--top", "0"], ["--minimum", "0"], ["--json", "--csv"],
        ] {
            let answer = try Because.run(["stats"] + wrong, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 64 && answer.bytes.isEmpty && answer.errorLines.count == 2, "\(wrong)")
        }
    }

    @Test func `a report is written once, and replaced only with force`() throws {
        try record(5)
        let file = folder.path + "/report.html"
        let first = try run("report", file)
        #expect(first.status == 0 && first.bytes.isEmpty, "\(first.errors)")
        let page = try #require(FileManager.default.contents(atPath: file))
        #expect(page.starts(with: Data("<!DOCTYPE html>".utf8)))
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        let second = try run("report", file, "--unverified")
        #expect(second.status == 1 && second.errors.contains("--force"))
        #expect(FileManager.default.contents(atPath: file) == page)
        #expect(try run("report", file, "--force", "--unverified").status == 0)
        #expect(FileManager.default.contents(atPath: file) != page)
        #expect(try run("report", folder.path + "/nowhere/report.html").status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"], "no draft is left")
    }

    @Test func `evidence that does not hold is on the page, and in the exit status`() throws {
        // So many that the others are still proven by a tile that is stored.
        try record(600)
        let was = Data(#""outcome":"comply""#.utf8)
        let log = try #require(FileManager.default.contents(atPath: ledger.path + "/log.sqlite"))
        try ledger.patch("log.sqlite", at: #require(log.range(of: was)).lowerBound, Array(#""outcome":"refuse""#.utf8))
        let file = folder.path + "/report.html"
        let answer = try run("report", file)
        #expect(answer.status == 2, "\(answer.errors)")
        let page = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
        #expect(page.contains("\u{2717} broken") && page.contains("The evidence does not hold."))
    }

    @Test func `a browser takes the page without a complaint`() throws {
        let browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        guard let browser = browsers.first(where: FileManager.default.isExecutableFile) else {
            print("no Chromium is installed, so no browser looked at the page")
            return
        }
        try record(40)
        let file = folder.path + "/report.html"
        #expect(try run("report", file).status == 0)
        for size in ["360,640", "1100,900"] {
            let child = try Child(
                browser,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--hide-scrollbars",
                    "--user-data-dir=\(folder.path)/profile", "--screenshot=\(folder.path)/\(size).png",
                    "--window-size=\(size)", "file://\(file)",
                ], environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"])
            child.closeInput()
            _ = child.readToEnd()
            #expect(child.wait() == 0)
            // What the page may not do would be said there: a style sheet with another digest, for one.
            #expect(!child.errorText.contains("CONSOLE"), "\(child.errorText)")
            let picture = FileManager.default.contents(atPath: "\(folder.path)/\(size).png") ?? Data()
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 5000)
        }
    }

    @Test func `the decisions of the Model Spec have a page`() throws {
        guard ModelSpec.isThere else { return print(ModelSpec.absence) }
        let ledger = try ModelSpec.ledger()
        let file = folder.path + "/report.html"
        let environment = ["BECAUSE_LEDGER": ledger.path]
        #expect(try Because.run(["report", file], environment: environment).status == 0)
        let page = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
        #expect(page.contains("<dd>189<small>") && page.contains("protect_privileged_information"))
        let stats = try Because.run(["stats", "--json"], environment: environment)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(stats.bytes)) as? [String: Any])
        #expect(
            json["outcomes"] as? [String: Int] == ["clarify": 24, "comply": 145, "refuse": 10, "safe_complete": 10])
    }
}
