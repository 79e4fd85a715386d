import Cryptography
import Specifications
import Testing

/// The numbers and digests were taken from the files with grep, sed and sha256sum.
@Suite(.enabled(if: ReleasedTexts.areThere, ReleasedTexts.absence))
struct ReleasedTextTests {
    struct Expected: Sendable {
        let version: String
        let digest: String
        /// Sections of level 1, 2, 3 and 4.
        let levels: [Int]
        let authorities: [String: Int]

        var count: Int { levels.reduce(0, +) }
    }

    static let expected = [
        Expected(
            version: "2025-04-11", digest: "eeb877a0b2480e0cb361ca0342b2f59ac1d7b83d42fa89e67fcac460fb4bdf19",
            levels: [8, 32, 22, 9], authorities: ["platform": 20, "developer": 1, "user": 12, "guideline": 18]),
        Expected(
            version: "2025-10-27", digest: "bbc8a78d5a95c1e23c83c0dc8cffe5322189382385cd0b8edcb5fa69fd7a97f3",
            levels: [7, 40, 22, 9],
            authorities: ["root": 21, "system": 3, "developer": 1, "user": 15, "guideline": 18]),
        Expected(
            version: "2025-12-18", digest: "fec3ee7636b93185f0f68733c03f2b1a6bcf69c21649e690fbacf4a0ebbe2697",
            levels: [8, 41, 22, 9],
            authorities: ["root": 22, "system": 3, "developer": 1, "user": 15, "guideline": 18]),
        Expected(
            version: "2025-12-18r2", digest: "e7a70bc6ab363213d88f6c20a7b78c6949d3f5feba22ec054c97f333a71a8aeb",
            levels: [8, 41, 22, 9],
            authorities: ["root": 22, "system": 3, "developer": 1, "user": 15, "guideline": 18]),
    ]

    @Test func `the versions have 71, 78, 80 and 80 sections`() throws {
        #expect(Self.expected.map(\.count) == [71, 78, 80, 80])
        #expect(try ReleasedTexts.versions.map { try ReleasedTexts.read($0).sections.count } == [71, 78, 80, 80])
    }

    @Test(arguments: expected)
    func `levels, authorities and the document digest are those of the file`(expected: Expected) throws {
        let specification = try ReleasedTexts.read(expected.version)
        #expect(specification.digest.hex == expected.digest)
        #expect((1...4).map { level in specification.sections.count { $0.level == level } } == expected.levels)
        var authorities: [String: Int] = [:]
        for case let authority? in specification.sections.map(\.authority) { authorities[authority, default: 0] += 1 }
        #expect(authorities == expected.authorities)
    }

    @Test(arguments: ReleasedTexts.versions)
    func `preamble and sections are the document byte for byte`(version: String) throws {
        let specification = try ReleasedTexts.read(version)
        #expect(specification.preamble.isEmpty)
        #expect(
            specification.preamble + specification.sections.flatMap { Array($0.text.utf8) } == specification.document)
        for (order, section) in specification.sections.enumerated() {
            #expect(section.order == order)
            #expect(section.digest == SHA256.digest(of: Array(section.text.utf8)))
            #expect(section.text.hasPrefix(String(repeating: "#", count: section.level) + " " + section.title))
            #expect(specification.section(section.id) == section)
        }
    }

    @Test(arguments: [
        ("2025-04-11", "protect_privacy", "f457a975b7f566782d4f2e3b047620f7a18ac6678e09418086411a02f62fcea1"),
        ("2025-04-11", "do_not_lie", "0e04b002f0857726207d04f2bf6b88d0de2100e1895813dcace166d8d5a15916"),
        ("2025-10-27", "overview", "02d6c0b2ff25a04750d40f2936d000b63d9c04731ae7d1a667eb59f7f2935be8"),
        ("2025-10-27", "do_not_lie", "bc702f8af499d55613d49b4c55746f03a85b57074596505bfc93843155f70d8a"),
        ("2025-12-18", "be_rationally_optimistic", "8fa490fa760f3a7dd5e521de575a305a67d51975254280df231823b88df69ba5"),
        ("2025-12-18", "support_programmatic_use", "5b7978bc0ba2cfeb6c1baa17da7ae171c57d3a3d164e30a6230ed4d26ae7906b"),
        (
            "2025-12-18r2", "be_rationally_optimistic",
            "73a90914e7a6afb498793d905c7f744b075ab3f98a42697a757295d9036ea91f"
        ),
        ("2025-12-18r2", "protect_privacy", "271aba8c19906cf064bb080c0ace46d7516fe7aa06659a2a7bc2c39efd2551f3"),
        ("2025-12-18r2", "seek_truth", "a4ab97874cd20744b0b805fa115dac7c3b53bc3598fd0d29eb6bd4208fa5e83d"),
        (
            "2025-12-18r2", "be_thorough_but_efficient",
            "d393041bfc6a43997af4bd3b9f199df97929ea1377b9d7308307515f86de9916"
        ),
        ("2025-12-18r2", "prioritize_teen_safety", "d41dcdb1e7b25959d02593a336fee18d9db90a6f3d25e84a59eae4e4fbeb2c89"),
    ])
    func `a section has the digest of its lines in the file`(version: String, id: String, digest: String) throws {
        #expect(try ReleasedTexts.read(version).section(id)?.digest.hex == digest)
    }

    @Test func `sections stand inside the ones that enclose them`() throws {
        let specification = try ReleasedTexts.read("2025-12-18r2")
        for (id, parents) in [
            ("overview", []), ("structure", ["overview"]), ("levels_of_authority", ["overview"]),
            ("protect_privacy", ["restricted_content", "disallowed_content", "stay_in_bounds"]),
            ("sensitive_content", ["disallowed_content", "stay_in_bounds"]),
            ("do_not_lie", ["be_honest_and_transparent", "seek_truth"]),
            ("be_thorough_but_efficient", ["style"]), ("prioritize_teen_safety", ["chatgpt_u18"]),
        ] {
            var found: [String] = []
            var section = specification.section(id)
            while let parent = section?.parent {
                found.append(parent)
                section = specification.section(parent)
            }
            #expect(found == parents, "\(id)")
        }
    }

    @Test func `titles, tags and authorities are read from the headings`() throws {
        let specification = try ReleasedTexts.read("2025-12-18r2")
        let teens = try #require(specification.section("prioritize_teen_safety"))
        #expect(teens.tags == ["under_18"])
        #expect(teens.authority == "root")
        #expect(specification.sections.count { !$0.tags.isEmpty } == 1)
        #expect(
            specification.section("avoid_targeted_political_manipulation")?.title
                == "Don’t facilitate the targeted manipulation of political views")
        #expect(specification.section("disallowed_content")?.authority == nil)
    }

    @Test func `what looks like a heading in an example is text of its section`() throws {
        let specification = try ReleasedTexts.read("2025-12-18r2")
        #expect(specification.section("support_programmatic_use")?.text.contains("\n# functions\n") == true)
        #expect(specification.section("be_thorough_but_efficient")?.text.contains("\n# [...] imports\n") == true)
        #expect(!specification.sections.contains { $0.title == "functions" || $0.title.contains("imports") })
    }

    @Test func `two texts with one public label differ in one section`() throws {
        let first = try ReleasedTexts.read("2025-12-18")
        let second = try ReleasedTexts.read("2025-12-18r2")
        #expect(first.digest != second.digest)
        let different = zip(first.sections, second.sections).filter { $0 != $1 }.map(\.0.id)
        #expect(different == ["be_rationally_optimistic"])
    }

    @Test(arguments: ReleasedTexts.versions)
    func `the format is recognised, and Markdown finds the same sections`(version: String) throws {
        let bytes = try ReleasedTexts.bytes(version)
        #expect(Format.detect(bytes) == .modelSpec)
        let markdown = try Specification(parsing: bytes, format: .markdown, id: "a", version: "1")
        #expect(try ReleasedTexts.read(version).sections == markdown.sections)
    }
}
