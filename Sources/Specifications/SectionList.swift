import Cryptography
import JSON

/// A document written as a JSON list of `{"id", "title"?, "text", "authority"?, "parent"?, "tags"?}`.
enum SectionList {
    static let members = ["id", "title", "text", "authority", "parent", "tags"]

    /// Objects with more members are refused before they are read: keeping many in order would take quadratic time.
    private static let memberLimit = 64

    static func parse(_ bytes: Bytes) throws(SpecificationError) -> [Section] {
        if let entry = firstCrowdedEntry(in: bytes) {
            throw .badEntry(entry, .tooManyMembers(limit: memberLimit))
        }
        let list: JSON
        do throws(JSONError) {
            list = try JSON(parsing: UnsafeRawBufferPointer(bytes))
        } catch {
            let line = bytes[..<error.offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            throw .notJSON(line: line, error)
        }
        guard let items = list.items else { throw .notAList(got: list.kind) }
        guard items.count <= Specification.sectionLimit else {
            throw .tooManySections(limit: Specification.sectionLimit)
        }
        var sections: [Section] = []
        var orders: [String: Int] = [:]
        for (order, item) in items.enumerated() {
            let section: Section
            do throws(SpecificationError.EntryProblem) {
                section = try self.section(item, order: order) { id in orders[id].map { sections[$0] } }
            } catch {
                throw .badEntry(order + 1, error)
            }
            sections.append(section)
            orders[section.id] = order
        }
        return sections
    }

    /// Reads one entry; `earlier` finds a section that stands before it.
    private static func section(
        _ item: JSON, order: Int, earlier: (String) -> Section?
    ) throws(SpecificationError.EntryProblem) -> Section {
        guard let object = item.object else { throw .notAnObject(got: item.kind) }
        if let member = object.members.first(where: { !members.contains($0.name) }) {
            throw .unknown(member: member.name)
        }
        guard let id = try text("id", of: object, .section) else { throw .missing(member: "id") }
        guard let text = try text("text", of: object) else { throw .missing(member: "text") }
        guard !text.isEmpty else { throw .empty(member: "text") }
        let title = try self.text("title", of: object) ?? id
        guard title.utf8.count <= Heading.titleLimit else {
            throw .titleTooLong(got: title.utf8.count, limit: Heading.titleLimit)
        }
        if let first = earlier(id) { throw .duplicateSection(id, first: first.order + 1) }
        let parent = try self.text("parent", of: object, .section)
        let enclosing = parent.flatMap(earlier)
        if let parent, enclosing == nil { throw .unknownParent(got: parent) }
        return Section(
            id: id, title: title, level: (enclosing?.level ?? 0) + 1,
            authority: try self.text("authority", of: object, .code), tags: try tags(of: object), parent: parent,
            order: order, text: text, digest: SHA256.digest(of: text))
    }

    /// The string `member`, in the grammar if one is given; `nil` where the object has none.
    private static func text(
        _ member: String, of object: JSONObject, _ grammar: NameGrammar? = nil
    ) throws(SpecificationError.EntryProblem) -> String? {
        guard let value = object[member] else { return nil }
        guard let text = value.text else { throw .wrongType(member: member, got: value.kind, expected: "a string") }
        if let grammar, !grammar.matches(text) { throw .badName(member: member, got: text, grammar) }
        return text
    }

    private static func tags(of object: JSONObject) throws(SpecificationError.EntryProblem) -> [String] {
        guard let value = object["tags"] else { return [] }
        guard let items = value.items else {
            throw .wrongType(member: "tags", got: value.kind, expected: "a list of strings")
        }
        guard items.count <= HeadingAttributes.tagLimit else {
            throw .tooManyTags(got: items.count, limit: HeadingAttributes.tagLimit)
        }
        var tags: [String] = []
        for item in items {
            guard let tag = item.text else {
                throw .wrongType(member: "tags", got: "a list with \(item.kind)", expected: "a list of strings")
            }
            guard NameGrammar.code.matches(tag) else { throw .badName(member: "tags", got: tag, .code) }
            tags.append(tag)
        }
        return tags
    }

    /// The entry, from 1, in which an object first has more than `memberLimit` members. O(bytes).
    ///
    /// Colons outside strings are counted for each open brace; text that is no JSON is left for the parser to refuse.
    private static func firstCrowdedEntry(in bytes: Bytes) -> Int? {
        var members: [Int] = []
        var entry = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"):
                if members.isEmpty { entry += 1 }
                // Deeper text is refused by the parser before its members count.
                guard members.count < JSON.depthLimit else { return nil }
                members.append(0)
            case UInt8(ascii: "}"): _ = members.popLast()
            case UInt8(ascii: ":"):
                guard let last = members.indices.last else { break }
                members[last] += 1
                if members[last] > memberLimit { return entry }
            default: break
            }
            index += 1
        }
        return nil
    }
}
