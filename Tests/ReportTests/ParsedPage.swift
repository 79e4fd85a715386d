import Foundation
import FoundationXML
import Testing

/// A page as a parser of XML reads it.
struct ParsedPage {
    let root: Element
    let all: [Element]

    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        /// All text in it, white space made single.
        var text: String { raw.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        fileprivate var raw = ""

        fileprivate init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        var descendants: [Element] { children.flatMap { [$0] + $0.descendants } }

        func all(_ name: String, class kind: String? = nil) -> [Element] {
            descendants.filter {
                $0.name == name
                    && (kind == nil
                        || ($0.attributes["class"] ?? "").split(separator: " ").contains { $0 == kind ?? "" })
            }
        }

        func first(_ name: String, class kind: String? = nil) -> Element? { all(name, class: kind).first }
    }

    /// Throws where the bytes are not well-formed.
    init(_ bytes: [UInt8]) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw NotWellFormed(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
        }
        self.root = root
        all = [root] + root.descendants
    }

    struct NotWellFormed: Error {
        let line: Int
        let reason: String
    }

    func section(_ id: String) throws -> Element {
        try #require(all.first { $0.name == "section" && $0.attributes["id"] == id }, "no section \(id)")
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: Element?
        private var open: [Element] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = Element(name, attributes)
            open.last?.children.append(element)
            root = root ?? element
            open.append(element)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) { for element in open { element.raw += text } }
    }
}
