import Cryptography
import Testing

@testable import Specifications

struct TextDiffTests {
    private func replayed(_ diff: TextDiff, _ kind: TextDiff.Line.Kind) -> String {
        diff.lines.filter { $0.kind == .same || $0.kind == kind }
            .map { $0.text + ($0.isTerminated ? "\n" : "") }.joined()
    }

    @Test func `a difference is shown with two lines around it`() {
        let diff = TextDiff(from: "a\nb\nc\nd\ne\nf\ng\nh\nz\n", to: "a\nb\nc\nX\ne\nf\ng\nh\nz\ni")
        #expect(
            diff.unified()
                == """
                @@ -2,5 +2,5 @@
                 b
                 c
                -d
                +X
                 e
                 f
                @@ -8,2 +8,3 @@
                 h
                 z
                +i
                \\ No newline at end of text

                """)
        #expect(diff.isShortest)
        let near = TextDiff(from: "a\nb\nc\nd\ne\nf\n", to: "A\nb\nc\nd\ne\nF\n")
        #expect(near.hunks().map(\.lines.count) == [8])
        #expect(near.hunks(context: 1).map(\.lines.count) == [3, 3])
        #expect(near.hunks(context: 0).map(\.newStart) == [1, 6])
    }

    @Test func `the same text has no difference`() {
        #expect(TextDiff(from: "a\nb", to: "a\nb").isEmpty)
        #expect(TextDiff(from: "", to: "").lines.isEmpty)
        #expect(TextDiff(from: "a\n", to: "a\n").unified().isEmpty)
    }

    @Test func `an empty side stands before the first line`() {
        #expect(TextDiff(from: "", to: "a\n").unified() == "@@ -0,0 +1,1 @@\n+a\n")
        #expect(TextDiff(from: "a\n", to: "").unified() == "@@ -1,1 +0,0 @@\n-a\n")
    }

    @Test func `a byte that is not seen is a difference`() {
        for (old, new) in [("a", "a\n"), ("a\r\n", "a\n"), ("é\n", "e\u{301}\n"), ("a \n", "a\n")] {
            let diff = TextDiff(from: old, to: new)
            #expect(diff.lines.map(\.kind) == [.removed, .added])
            #expect(replayed(diff, .removed).utf8.elementsEqual(old.utf8))
            #expect(replayed(diff, .added).utf8.elementsEqual(new.utf8))
        }
    }

    @Test func `both texts can be read back, by the shortest script there is`() {
        /// The length of the longest common subsequence, by its recurrence.
        func common(_ a: [String], _ b: [String]) -> Int {
            var last = [Int](repeating: 0, count: b.count + 1)
            for x in a {
                var row = last
                for (j, y) in b.enumerated() { row[j + 1] = x == y ? last[j] + 1 : max(last[j + 1], row[j]) }
                last = row
            }
            return last[b.count]
        }
        var generator = SplitMix(state: 3)
        for _ in 0..<400 {
            let old = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                "\(Int.random(in: 0...3, using: &generator))"
            }
            let new = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                "\(Int.random(in: 0...3, using: &generator))"
            }
            let texts = (old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
            let diff = TextDiff(from: texts.0, to: texts.1)
            #expect(replayed(diff, .removed) == texts.0)
            #expect(replayed(diff, .added) == texts.1)
            #expect(diff.lines.count { $0.kind == .same } == common(old, new))
        }
    }

    @Test func `texts that differ too much are shown whole`() {
        let old = (0..<30_000).map { "old \($0)\n" }.joined()
        let new = (0..<30_000).map { "new \($0)\n" }.joined()
        let diff = TextDiff(from: "head\n" + old + "tail\n", to: "head\n" + new + "tail\n")
        #expect(!diff.isShortest)
        #expect(diff.lines.count == 60_002)
        #expect(diff.lines.count { $0.kind == .same } == 2)
        #expect(replayed(diff, .added) == "head\n" + new + "tail\n")
    }
}

struct SpecificationDiffTests {
    @Test func `sections are matched by their ids`() throws {
        let old = try parse(
            "# A {#a authority=platform}\nx\n# B {#b authority=user}\n# C {#c}\n# Gone {#gone}\none two three four\n")
        let new = try parse(
            "# A {#a authority=system}\nx\n# B two {#b authority=root tags=t}\n# C {#c}\n"
                + "# Come {#come}\none two three five\n# Gone {#new}\n")
        let diff = SpecificationDiff(from: old, to: new)
        #expect(diff.added.map(\.id) == ["come", "new"])
        #expect(diff.removed.map(\.id) == ["gone"])
        #expect(
            diff.renamed == [
                RenameCandidate(removed: "gone", added: "new", hasSameTitle: true, similarity: 0),
                RenameCandidate(removed: "gone", added: "come", hasSameTitle: false, similarity: 75),
            ])
        #expect(
            diff.authorityChanges == [
                .init(id: "a", was: "platform", now: "system", direction: .sameRank),
                .init(id: "b", was: "user", now: "root", direction: .raised),
            ])
        #expect(diff.titleChanges == [.init(id: "b", was: "B", now: "B two")])
        #expect(diff.tagChanges == [.init(id: "b", was: [], now: ["t"])])
        #expect(diff.parentChanges.isEmpty)
        #expect(diff.textChanges.map(\.id) == ["a", "b"])
        #expect(diff.unchangedCount == 1)
        #expect(!diff.isPreambleChanged)
        #expect(
            diff.textChanges[0].diff.unified()
                == "@@ -1,2 +1,2 @@\n-# A {#a authority=platform}\n+# A {#a authority=system}\n x\n")
    }

    @Test func `a change of authority has a direction`() throws {
        for (was, now, direction) in [
            ("root", "system", SpecificationDiff.AuthorityChange.Direction.lowered), ("guideline", "user", .raised),
            ("system", "platform", .sameRank), ("must", "may", .unordered), ("root", "", .unordered),
        ] {
            let texts = [was, now].map { "# A {#a\($0.isEmpty ? "" : " authority=\($0)")}" }
            let diff = try SpecificationDiff(from: parse(texts[0], .markdown), to: parse(texts[1], .markdown))
            #expect(diff.authorityChanges.map(\.direction) == [direction])
        }
    }

    @Test func `a section that moves under another is noticed`() throws {
        let old = try parse("# A {#a}\n# B {#b}\n## C {#c}\n")
        let new = try parse("# A {#a}\n## C {#c}\n# B {#b}\n")
        let diff = SpecificationDiff(from: old, to: new)
        #expect(diff.parentChanges == [.init(id: "c", was: "b", now: "a")])
        #expect(diff.textChanges.isEmpty)
        #expect(diff.unchangedCount == 2)
    }

    @Test func `words before the first heading count`() throws {
        let diff = try SpecificationDiff(from: parse("x\n# A {#a}"), to: parse("y\n# A {#a}"))
        #expect(diff.isPreambleChanged)
        #expect(diff.unchangedCount == 1)
    }

    @Test func `very many renamed sections are compared in part, and that is said`() throws {
        let body = (0..<200).map { "word\($0) " }.joined()
        let old = try parse((0..<200).map { "# O\($0) {#o\($0)}\n\(body)\n" }.joined())
        let new = try parse((0..<200).map { "# N\($0) {#n\($0)}\n\(body)\n" }.joined())
        let diff = SpecificationDiff(from: old, to: new)
        #expect(!diff.isRenameSearchComplete)
        #expect(diff.added.count == 200 && diff.removed.count == 200)
        #expect(diff.renamed.count <= 600)
        #expect(diff.renamed.first?.similarity == 100)
    }
}

/// Counts and percentages were computed from the files by another program.
@Suite(.enabled(if: ReleasedTexts.areThere, ReleasedTexts.absence))
struct ReleasedDiffTests {
    private func diff(_ old: String, _ new: String) throws -> SpecificationDiff {
        SpecificationDiff(from: try ReleasedTexts.read(old), to: try ReleasedTexts.read(new))
    }

    @Test func `from April to October 2025 levels, names and words changed`() throws {
        let diff = try diff("2025-04-11", "2025-10-27")
        #expect(
            diff.removed.map(\.id)
                == ["protect_privileged_messages", "approachable", "be_empathetic", "be_kind", "be_engaging"])
        #expect(
            diff.added.map(\.id) == [
                "red_line_principles", "no_other_objectives", "scope_of_autonomy", "control_side_effects",
                "protect_privileged_information", "respect_real_world_ties", "love_humanity", "be_responsible",
                "be_interesting_and_interested", "be_curious", "have_conversational_sense", "be_warm",
            ])
        #expect(diff.textChanges.count == 51)
        #expect(diff.unchangedCount == 15)
        #expect(
            diff.parentChanges.map(\.id) == [
                "be_rationally_optimistic", "do_not_make_unprompted_personal_comments", "avoid_being_condescending",
            ])
        #expect(diff.parentChanges.allSatisfy { $0.was == "approachable" && $0.now == "style" })
        #expect(diff.authorityChanges.count == 19)
        #expect(
            diff.authorityChanges.filter { $0.direction == .sameRank }.map(\.id)
                == ["comply_with_laws", "no_erotica_or_gore", "use_preset_voice_in_voice_mode"])
        #expect(diff.authorityChanges.count { $0.direction == .raised } == 16)
        #expect(
            diff.titleChanges.map(\.id) == ["do_not_encourage_self_harm", "ask_clarifying_questions", "refusal_style"])
        #expect(diff.isRenameSearchComplete)
        #expect(
            diff.renamed.map { "\($0.removed) \($0.added) \($0.similarity)" } == [
                "protect_privileged_messages protect_privileged_information 61", "be_empathetic be_responsible 83",
                "be_kind love_humanity 84", "be_engaging have_conversational_sense 71",
            ])
    }

    @Test func `from October to December 2025 two sections came and six changed`() throws {
        let diff = try diff("2025-10-27", "2025-12-18")
        #expect(diff.removed.isEmpty && diff.renamed.isEmpty && diff.authorityChanges.isEmpty)
        #expect(diff.added.map(\.id) == ["chatgpt_u18", "prioritize_teen_safety"])
        #expect(diff.textChanges.count == 6)
        #expect(diff.unchangedCount == 72)
    }

    @Test func `the second text labelled 2025-12-18 changed one line`() throws {
        let diff = try diff("2025-12-18", "2025-12-18r2")
        #expect(diff.added.isEmpty && diff.removed.isEmpty && diff.titleChanges.isEmpty)
        #expect(diff.textChanges.map(\.id) == ["be_rationally_optimistic"])
        #expect(diff.unchangedCount == 79)
        let lines = try #require(diff.textChanges.first).diff.lines
        #expect(lines.count { $0.kind == .removed } == 1)
        #expect(lines.count { $0.kind == .added } == 1)
        #expect(lines.first { $0.kind == .removed }?.text.contains("history of innovation") == true)
        #expect(lines.first { $0.kind == .added }?.text.contains("history of innovation") == false)
    }
}
