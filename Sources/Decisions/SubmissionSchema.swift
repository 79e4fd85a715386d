public import JSON

/// The JSON Schema (2020-12) of a submitted decision, made from the same table that checks it.
public enum SubmissionSchema {
    /// The schema as a value.
    public static var json: JSON {
        guard var schema = object(DecisionFields.all).object else {
            preconditionFailure("an object has an object's schema")
        }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "A decision submitted to because"
        let cites: JSON = ["properties": ["principles": ["minItems": 1]], "required": ["principles"]]
        schema["allOf"] = [
            ["oneOf": [cites, ["required": ["none_cited"], "properties": ["principles": ["maxItems": 0]]]]],
            ["oneOf": [["required": ["rationale"]], ["required": ["rationale_absent"]]]],
        ]
        return .object(schema)
    }

    private static func object(_ fields: [Field]) -> JSON {
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
        return .object(object)
    }

    private static func schema(_ shape: Shape) -> JSONObject {
        switch shape {
        case .id: ["type": "string", "pattern": "^[A-Za-z0-9.:_-]{1,128}$"]
        case .code: ["type": "string", "pattern": "^[A-Za-z0-9.:_/@+#~-]{1,256}$"]
        case .time: ["type": "string", "format": "date-time"]
        case .word(let words): ["enum": .array(words.map(JSON.string))]
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .fraction: ["type": "number", "minimum": 0, "maximum": 1]
        case .text(let limit): ["type": "string", "minLength": 1, "maxLength": .integer(Int64(limit))]
        case .contentDigest: ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
        case .anyObject: ["type": "object"]
        case .reference, .party: ["type": "string", "minLength": 1, "maxLength": 512]
        case .object(let fields): object(fields).object ?? [:]
        case .list(let shape, let count):
            [
                "type": "array", "items": .object(schema(shape)), "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        }
    }
}
