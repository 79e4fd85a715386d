/// A piece of XML, of which only what is written out in our own code is markup: whatever is interpolated becomes text.
package struct Markup: Sendable, Equatable {
    /// The piece as it stands in a file.
    package let text: String

    private init(_ text: String) { self.text = text }

    /// Text of any origin, for content and for attributes in double quotes.
    package init(text: String) { self.text = Self.escaped(text) }

    package static func + (left: Markup, right: Markup) -> Markup { Markup(left.text + right.text) }

    package static func += (left: inout Markup, right: Markup) { left = left + right }

    fileprivate static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": out.append(contentsOf: "&lt;".utf8)
            case ">": out.append(contentsOf: "&gt;".utf8)
            case "&": out.append(contentsOf: "&amp;".utf8)
            case "\"": out.append(contentsOf: "&quot;".utf8)
            case "\t", "\n": out.append(UInt8(truncatingIfNeeded: scalar.value))
            // XML has no way to write most of these (XML 1.0 section 2.2).
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE:
                out.append(contentsOf: "\u{FFFD}".utf8)
            default: out.append(contentsOf: UTF8.encode(scalar) ?? .init())
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Markup: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: Interpolation) { self.init(stringInterpolation.text) }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ string: some StringProtocol) {
            text += Markup.escaped(String(string))
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }

        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    }
}

extension Sequence<Markup> {
    /// The pieces one after the other.
    package func joined() -> Markup {
        var interpolation = Markup.Interpolation(literalCapacity: 0, interpolationCount: 0)
        for piece in self { interpolation.appendInterpolation(piece) }
        return Markup(stringInterpolation: interpolation)
    }
}
