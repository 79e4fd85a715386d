import Because

/// Records in which every field has a value of its own, so that it can be told which of them came through.
struct Canaries {
    /// A value, and where it stands: `summary`, `inputs[1].text`, `oversight given: person`.
    struct Canary {
        let place: String
        let needle: String
    }

    private(set) var all: [Canary] = []

    /// A record with every field of `type` but those in `without`. `fixed` are values that tests choose.
    mutating func record(
        _ type: RecordType, _ label: String, fixed: JSONObject, without: Set<String> = []
    ) -> JSON {
        var object = object(type.fields, label, "", fixed: fixed, without: without)
        object["type"] = .string(type.name)
        return .object(object)
    }

    private mutating func object(
        _ fields: [Field], _ label: String, _ prefix: String, fixed: JSONObject = [:], without: Set<String> = []
    ) -> JSONObject {
        var object = JSONObject()
        for field in fields where !without.contains(field.name) {
            object[field.name] = fixed[field.name] ?? value(field.shape, label, prefix + field.name)
        }
        return object
    }

    /// The members of an item of a list of the decision, for lists that tests fill themselves.
    mutating func item(_ list: String, _ index: Int, fixed: JSONObject = [:], without: Set<String> = []) -> JSON {
        guard let field = DecisionFields.all.first(where: { $0.name == list }),
            case .list(.object(let fields), _) = field.shape
        else { return .null }
        return .object(object(fields, "", "\(list)[\(index)].", fixed: fixed, without: without))
    }

    private mutating func value(_ shape: Shape, _ label: String, _ path: String) -> JSON {
        switch shape {
        case .word(let words): return .string(words[0])
        case .boolean: return true
        case .object(let fields): return .object(object(fields, label, path + "."))
        case .list(.object(let fields), _): return [.object(object(fields, label, path + "[0]."))]
        case .list(let item, let count):
            return .array((0..<max(1, count.lowerBound)).map { _ in value(item, label, path) })
        default: break
        }
        let number = 100 + all.count
        let word = "CANARY\(number)X"
        let digest = "\(number)".utf8.reduce("") { $0 + "\($1)" } + String(repeating: "c", count: 64)
        let (json, needle): (JSON, String) =
            switch shape {
            case .time: (.string(Self.time(number)), Self.time(number))
            case .integer: (.integer(Int64(7_000_000 + number)), "\(7_000_000 + number)")
            case .fraction: (.decimal("0.55\(number)"), "0.55\(number)")
            case .contentDigest: (.string("sha256:\(digest.prefix(64))"), String(digest.prefix(16)))
            case .anyObject: (["\(word)": .string("\(word)")], word)
            case .reference, .party: (.string("\(word)/document@1#section"), word)
            default: (.string(word), word)
            }
        all.append(Canary(place: label.isEmpty ? path : "\(label): \(path)", needle: needle))
        return json
    }

    /// A time of its own for each number.
    private static func time(_ number: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "2031-07-01T\(two(number / 60 % 24)):\(two(number % 60)):37Z"
    }
}
