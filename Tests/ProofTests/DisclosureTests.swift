import Because
import Foundation
import Testing

struct DisclosureTests {
    /// Every value is a word of its own that stands nowhere else.
    private static let values = [
        "summary": "Alabaster", "subject": "Bergamot", "notes": "Cinnabar", "rationale.text": "Dandelion",
        "inputs[0].name": "Eglantine", "inputs[0].text": "Feverfew", "inputs[1].text": "Gentian",
        "principles[0].ref": "acme/rules#Hyssop",
    ]

    private static func submission() throws -> Submission {
        try Samples.submission(
            "d",
            [
                "summary": "Alabaster", "subject": "Bergamot", "notes": "Cinnabar", "unresolved": "accept",
                "rationale": ["text": "Dandelion", "source": "model", "timing": "with"],
                "inputs": [["name": "Eglantine", "text": "Feverfew", "role": "user"], ["text": "Gentian"]],
                "principles": [["ref": "acme/rules#Hyssop", "role": "applied"]],
            ])
    }

    /// All that the bytes hold: as they are, and as the base64 in them stands for, at every offset.
    private static func contents(of bytes: [UInt8]) -> Data {
        var contents = Data(bytes)
        for run in bytes.split(whereSeparator: { !base64Digits.contains($0) }) where run.count >= 8 {
            // Both alphabets: they differ in two digits.
            let digits = String(decoding: run, as: UTF8.self).replacing("+", with: "-").replacing("/", with: "_").utf8
            for offset in 0..<4 {
                let part = digits.dropFirst(offset)
                let whole = Array(part.prefix(part.count / 4 * 4))
                contents += [0] + (Base64.decode(whole, .url) ?? [])
            }
        }
        return contents
    }

    private static let base64Digits = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)

    @Test func `whatever is disclosed, nothing else is in the file in any form`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([Self.submission()])[0].get()
        let all = try await memory.ledger.prove(1, disclosing: .all)
        let paths = try #require(all.checked.content).disclosed.map(\.path)
        #expect(Set(paths) == Set(Self.values.keys))
        let salts = Dictionary(
            uniqueKeysWithValues: try zip(paths, all.file.evidence.disclosures).map { path, text in
                let list = try JSON(parsing: try #require(Base64.decode(text, .url)))
                return (path, try #require(list.items?[0].text))
            })
        for mask in 0..<1 << paths.count {
            let chosen = paths.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
            let proof = try await memory.ledger.prove(1, disclosing: chosen.isEmpty ? .none : .paths(chosen))
            let contents = Self.contents(of: proof.file.bytes)
            for path in paths {
                let (value, salt) = (try #require(Self.values[path]), try #require(salts[path]))
                let isThere = [value, salt].contains { contents.range(of: Data($0.utf8)) != nil }
                #expect(isThere == chosen.contains(path), "\(path) in \(chosen)")
            }
            let content = try #require(try proof.check(memory.key.verifierKey).content)
            #expect(content.disclosed.map(\.path) == chosen && content.sealed.count == paths.count - chosen.count)
            for field in content.disclosed { #expect(field.value.text == Self.values[field.path]) }
        }
    }

    @Test func `a path means what stands under it, and all means everything`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([Self.submission()])[0].get()
        for (words, want) in [
            (["rationale"], ["rationale.text"]), (["inputs"], ["inputs[0].name", "inputs[0].text", "inputs[1].text"]),
            (["inputs[0]"], ["inputs[0].name", "inputs[0].text"]), (["principles"], ["principles[0].ref"]),
            (["summary", "inputs[1].text", "summary"], ["summary", "inputs[1].text"]),
            (["all"], Array(Self.values.keys)),
            (["summary", "all"], Array(Self.values.keys)), ([], []),
        ] {
            let proof = try await memory.ledger.prove(1, disclosing: DisclosedFields(words))
            #expect(Set(try #require(proof.checked.content).disclosed.map(\.path)) == Set(want), "\(words)")
        }
    }

    @Test(arguments: ["sumary", "outcome", "inputs[2]", "inputs[0].role", "input", "rationale.tex", "", "ALL"])
    func `a field that cannot be disclosed is refused with those that can`(word: String) async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([Self.submission()])[0].get()
        let error = await #expect(throws: ProvingError.self) {
            try await memory.ledger.prove(1, disclosing: DisclosedFields(["summary", word]))
        }
        let hint = try #require(error?.hint)
        for path in Self.values.keys { #expect(hint.contains(path)) }
    }
}
