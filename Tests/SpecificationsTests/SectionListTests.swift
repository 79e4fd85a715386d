import Cryptography
import JSON
import Specifications
import Testing

struct SectionListTests {
    @Test func `entries become sections in their order`() throws {
        let specification = try parse(
            """
            [{"id":"a","title":"Be kind","text":"Be kind to all.","authority":"must","tags":["x","y"]},
             {"id":"b","text":"é\\u0301","parent":"a"}, {"id":"c","text":"# no heading","parent":"b"}]
            """, .json)
        #expect(specification.sections.map(\.id) == ["a", "b", "c"])
        #expect(specification.sections.map(\.title) == ["Be kind", "b", "c"])
        #expect(specification.sections.map(\.level) == [1, 2, 3])
        #expect(specification.sections.map(\.parent) == [nil, "a", "b"])
        #expect(specification.sections.map(\.authority) == ["must", nil, nil])
        #expect(specification.sections[0].tags == ["x", "y"])
        #expect(specification.sections[0].digest == SHA256.digest(of: "Be kind to all."))
        #expect(specification.sections[1].digest == SHA256.digest(of: Array("é\u{301}".utf8)))
        #expect(specification.digest == SHA256.digest(of: specification.document))
        #expect(specification.preamble.isEmpty)
    }

    @Test(
        arguments: [
            (#"[3]"#, 1, .notAnObject(got: "an integer")),
            (#"[{"id":"a","text":"x"},{"text":"x"}]"#, 2, .missing(member: "id")),
            (#"[{"id":"a"}]"#, 1, .missing(member: "text")),
            (#"[{"id":"a","text":"x"},{"id":"b","text":"x","titel":"y"}]"#, 2, .unknown(member: "titel")),
            (#"[{"id":"a","text":1}]"#, 1, .wrongType(member: "text", got: "an integer", expected: "a string")),
            (
                #"[{"id":"a","text":"x","title":null}]"#, 1,
                .wrongType(member: "title", got: "null", expected: "a string")
            ),
            (
                #"[{"id":"a","text":"x","tags":"y"}]"#, 1,
                .wrongType(member: "tags", got: "a string", expected: "a list of strings")
            ),
            (
                #"[{"id":"a","text":"x","tags":[1]}]"#, 1,
                .wrongType(member: "tags", got: "a list with an integer", expected: "a list of strings")
            ),
            (#"[{"id":"a","text":""}]"#, 1, .empty(member: "text")),
            (#"[{"id":"a b","text":"x"}]"#, 1, .badName(member: "id", got: "a b", .section)),
            (
                #"[{"id":"a","text":"x","authority":"very high"}]"#, 1,
                .badName(member: "authority", got: "very high", .code)
            ),
            (#"[{"id":"a","text":"x","tags":["é"]}]"#, 1, .badName(member: "tags", got: "é", .code)),
            (#"[{"id":"a","text":"x"},{"id":"a","text":"y"}]"#, 2, .duplicateSection("a", first: 1)),
            (#"[{"id":"a","text":"x","parent":"a"}]"#, 1, .unknownParent(got: "a")),
            (#"[{"id":"a","text":"x","parent":"b"},{"id":"b","text":"x"}]"#, 1, .unknownParent(got: "b")),
        ] as [(String, Int, SpecificationError.EntryProblem)])
    func `an entry that breaks a rule is named`(text: String, entry: Int, problem: SpecificationError.EntryProblem) {
        #expect(throws: SpecificationError.badEntry(entry, problem)) { try parse(text, .json) }
    }

    @Test func `what is no list is refused`() {
        #expect(throws: SpecificationError.noSections(.json)) { try parse("[]", .json) }
        #expect(throws: SpecificationError.notAList(got: "an object")) { try parse("{}", .json) }
        #expect(throws: SpecificationError.byteOrderMark) { try parse("\u{FEFF}[]", .json) }
        #expect {
            try parse("[\n\n{\"id\":\"a\" \"text\":1}]", .json)
        } throws: {
            if case .notJSON(line: 3, _)? = $0 as? SpecificationError { true } else { false }
        }
    }

    @Test func `an object of very many members is refused at once`() {
        let members = (0..<400_000).reversed().map { "\"\($0)\":0" }.joined(separator: ",")
        #expect(throws: SpecificationError.badEntry(2, .tooManyMembers(limit: 64))) {
            try parse("[{\"id\":\"a\",\"text\":\":{:{\"},{\(members)}]", .json)
        }
    }

    @Test func `the messages name entry and member`() {
        #expect(
            SpecificationError.badEntry(2, .unknown(member: "titel")).description
                == "entry 2 of the list: the member \"titel\" is unknown; use id, title, text, authority, parent, tags")
    }
}
