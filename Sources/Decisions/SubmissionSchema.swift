public import JSON

/// The JSON Schemas (2020-12) of submitted records, made from the same tables that check them.
public enum SubmissionSchema {
    /// The schema of every record but a decision: one alternative for each type, by the name of which it goes.
    public static var laterFacts: JSON {
        let types = RecordType.all.filter { $0.name != EntryType.decision }
        var definitions = JSONObject()
        for type in types { definitions[type.name] = schema(of: type) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "What happens before and after a decision, submitted to because",
            "oneOf": .array(types.map { ["$ref": .string("#/$defs/\($0.name)")] }), "$defs": .object(definitions),
        ]
    }

    private static func schema(of type: RecordType) -> JSON {
        var schema = object(type.fields)
        schema["description"] = .string(type.meaning)
        schema["properties"] = schema["properties"]?.object.map { .object(withoutOwnIDs($0)) }
        let rules = type.rules.compactMap(rule)
        if !rules.isEmpty { schema["allOf"] = .array(rules) }
        return .object(schema)
    }

    /// A rule as a schema; `nil` for what JSON Schema cannot say.
    private static func rule(_ rule: RecordType.Rule) -> JSON? {
        func among(_ field: String, _ words: [String]) -> JSON {
            ["required": [.string(field)], "properties": .object([field: ["enum": .array(words.map(JSON.string))]])]
        }
        func required(_ names: [String]) -> JSON { ["required": .array(names.map(JSON.string))] }
        return switch rule {
        case .requires(let names, let field, let words): ["if": among(field, words), "then": required(names)]
        case .only(let name, let field, let words): ["if": required([name]), "then": among(field, words)]
        case .anyOf(let names): ["anyOf": .array(names.map { required([$0]) })]
        case .within(let name, let inner): ["properties": .object([name: required(inner)])]
        case .ascending: nil
        }
    }

    /// The schema of a decision.
    public static var json: JSON {
        var schema = object(DecisionFields.all)
        schema["properties"] = schema["properties"]?.object.map { .object(refined($0)) }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "A decision submitted to because"
        let cites: JSON = [
            "properties": ["principles": ["minItems": 1]], "required": ["principles"],
            "not": ["required": ["none_cited"]],
        ]
        schema["allOf"] = [
            ["oneOf": [cites, ["required": ["none_cited"], "properties": ["principles": ["maxItems": 0]]]]],
            ["oneOf": [["required": ["rationale"]], ["required": ["rationale_absent"]]]],
        ]
        return .object(schema)
    }

    /// The rules that stand beside the table: ids that are the ledger's own, and inputs that say nothing.
    private static func refined(_ properties: JSONObject) -> JSONObject {
        var properties = withoutOwnIDs(properties)
        var inputs = properties["inputs"]?.object
        var input = inputs?["items"]?.object
        input?["anyOf"] = .array(["name", "text", "digest"].map { ["required": [.string($0)]] })
        inputs?["items"] = input.map(JSON.object)
        properties["inputs"] = inputs.map(JSON.object)
        return properties
    }

    private static func withoutOwnIDs(_ properties: JSONObject) -> JSONObject {
        var properties = properties
        var id = properties["id"]?.object
        id?["not"] = ["pattern": "^because:"]
        properties["id"] = id.map(JSON.object)
        return properties
    }

    private static func object(_ fields: [Field]) -> JSONObject {
        var properties = JSONObject()
        for field in fields {
            var schema = schema(field.shape)
            schema["description"] = .string(field.meaning + (field.isSealed ? " Sealed." : ""))
            properties[field.name] = .object(schema)
        }
        var object: JSONObject = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
        ]
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        return object
    }

    /// RFC 3339 with at most nine digits after the second. Few validators look at `format`.
    private static let time =
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
        + "(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"

    private static func schema(_ shape: Shape) -> JSONObject {
        switch shape {
        case .id, .record: ["type": "string", "pattern": "^[A-Za-z0-9.:_-]{1,128}$"]
        case .code: ["type": "string", "pattern": "^[A-Za-z0-9.:_/@+#~-]{1,256}$"]
        case .time: ["type": "string", "format": "date-time", "pattern": .string(time)]
        case .word(let words): ["enum": .array(words.map(JSON.string))]
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .fraction: ["type": "number", "minimum": 0, "maximum": 1]
        case .text(let limit): ["type": "string", "minLength": 1, "maxLength": .integer(Int64(limit))]
        case .contentDigest: ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
        case .anyObject: ["type": "object"]
        case .reference, .party: ["type": "string", "minLength": 1, "maxLength": 512]
        case .object(let fields): object(fields)
        case .list(let shape, let count):
            [
                "type": "array", "items": .object(schema(shape)), "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        }
    }
}
