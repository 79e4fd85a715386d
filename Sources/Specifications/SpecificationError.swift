public import JSON

/// Why a document is no specification. Lines and entries count from 1.
public enum SpecificationError: Error, Equatable {
    case tooLarge(got: Int, limit: Int)
    case byteOrderMark
    case notUTF8(line: Int)
    case badName(NameGrammar, got: String)
    case noSections(Format)
    case tooManySections(limit: Int)
    case carriageReturn(line: Int)
    case unclosedFence(String, line: Int)
    case headingTooDeep(line: Int, got: Int, limit: Int)
    case headingWithoutID(line: Int, got: String)
    case titleTooLong(line: Int, got: Int, limit: Int)
    case badAttribute(AttributeProblem, line: Int)
    case unknownAuthority(line: Int, got: String)
    case duplicateSection(String, line: Int, first: Int)
    case notJSON(line: Int, JSONError)
    case notAList(got: String)
    case badEntry(Int, EntryProblem)

    /// What is wrong in the braces of a heading.
    public enum AttributeProblem: Equatable, Sendable {
        case id(got: String)
        case noValue(String)
        case unknownKey(String)
        case twice(String)
        case value(of: String, got: String)
        case tooManyTags(limit: Int)
        case tooLong(got: Int, limit: Int)
    }

    /// What is wrong with an entry of a JSON list.
    public enum EntryProblem: Error, Equatable {
        case notAnObject(got: String)
        case tooManyMembers(limit: Int)
        case missing(member: String)
        case unknown(member: String)
        case wrongType(member: String, got: String, expected: String)
        case badName(member: String, got: String, NameGrammar)
        case empty(member: String)
        case titleTooLong(got: Int, limit: Int)
        case tooManyTags(got: Int, limit: Int)
        case duplicateSection(String, first: Int)
        case unknownParent(got: String)
    }
}

extension SpecificationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let got, let limit): "the document has \(got) bytes; at most \(limit) are read"
        case .byteOrderMark: "the document starts with a byte order mark; save it as UTF-8 without one"
        case .notUTF8(let line): "line \(line) is not valid UTF-8; save the document as UTF-8"
        case .badName(let grammar, let got):
            "\(quoted(got)) is no name of a \(grammar.rawValue); use \(grammar)"
        case .noSections(.json): "the list is empty; list at least one section"
        case .noSections(.modelSpec): "the document has no heading; start each section with `# Title {#id}`"
        case .noSections(.markdown): "the document has no heading; start each section with `# Title`"
        case .tooManySections(let limit): "the document has more than \(limit) sections; split it"
        case .carriageReturn(let line):
            "line \(line) ends in CR LF, so no digest would match the released text; convert the line ends to LF"
        case .unclosedFence(let mark, let line):
            "the fence \(mark) on line \(line) is never closed and would hide what follows; close it with \(mark)"
        case .headingTooDeep(let line, let got, let limit):
            "the heading on line \(line) has level \(got); the Model Spec has levels 1 to \(limit)"
        case .headingWithoutID(let line, let got):
            "the heading on line \(line), \(quoted(got)), does not end in {#id}; add one, or read the document as markdown"
        case .titleTooLong(let line, let got, let limit):
            "the heading on line \(line) has a title of \(got) bytes, at most \(limit) are allowed; "
                + "before a line of - or = under plain text, leave a blank line"
        case .badAttribute(let problem, let line): "in the heading on line \(line), \(problem)"
        case .unknownAuthority(let line, let got):
            "the heading on line \(line) has the authority \(quoted(got)); the Model Spec knows "
                + Authority.sectionNames.joined(separator: ", ")
        case .duplicateSection(let id, let line, let first):
            "the section id \(quoted(id)) stands on line \(first) and again on line \(line); give each section its own"
        case .notJSON(let line, let error): "line \(line), \(error)"
        case .notAList(let got): "the document is \(got); it must be a list of sections"
        case .badEntry(let entry, let problem): "entry \(entry) of the list: \(problem)"
        }
    }
}

extension SpecificationError.AttributeProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .id(let got): "\(quoted(got)) is no section id; use \(NameGrammar.section)"
        case .noValue(let word): "\(quoted(word)) has no value; write key=value"
        case .unknownKey(let key): "the key \(quoted(key)) is unknown; use authority or tags"
        case .twice(let key): "the key \(quoted(key)) stands twice; remove one"
        case .value(let key, let got): "the value \(quoted(got)) of \(key) is not allowed; use \(NameGrammar.code)"
        case .tooManyTags(let limit): "there are more than \(limit) tags; remove some"
        case .tooLong(let got, let limit): "the braces hold \(got) bytes; at most \(limit) are allowed"
        }
    }
}

extension SpecificationError.EntryProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnObject(let got): "it is \(got); write an object with id and text"
        case .tooManyMembers(let limit): "an object has more than \(limit) members"
        case .missing(let member): "the member \(quoted(member)) is missing; add it"
        case .unknown(let member):
            "the member \(quoted(member)) is unknown; use \(SectionList.members.joined(separator: ", "))"
        case .wrongType(let member, let got, let expected):
            "the member \(quoted(member)) is \(got); it must be \(expected)"
        case .badName(let member, let got, let grammar):
            "the value \(quoted(got)) of \(quoted(member)) is not allowed; use \(grammar)"
        case .empty(let member): "the member \(quoted(member)) is empty; a citation needs words to stand on"
        case .titleTooLong(let got, let limit): "the title has \(got) bytes; at most \(limit) are allowed"
        case .tooManyTags(let got, let limit): "there are \(got) tags; at most \(limit) are allowed"
        case .duplicateSection(let id, let first): "the id \(quoted(id)) stands in entry \(first) already"
        case .unknownParent(let got): "the parent \(quoted(got)) is no earlier entry; list it before its children"
        }
    }
}
