import Because
import Foundation
import Testing

struct SchemaTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "schema")

    @Test(arguments: [
        ("decision.schema.json", SubmissionSchema.json), ("later-facts.schema.json", SubmissionSchema.laterFacts),
    ])
    func `a published schema is the one that the code gives`(name: String, schema: JSON) throws {
        let published = try JSON(parsing: Array(Data(contentsOf: Self.folder.appending(path: name))))
        #expect(published == schema, "\(name) is to be:\n\(schema.string())")
    }

    @Test func `the schema names every field of the table with its meaning`() throws {
        let properties = try #require(SubmissionSchema.json["properties"]?.object)
        #expect(properties.members.count == DecisionFields.all.count)
        for field in DecisionFields.all {
            let description = properties[field.name]?["description"]?.text ?? ""
            #expect(description.hasPrefix(field.meaning) && description.hasSuffix(" Sealed.") == field.isSealed)
        }
        #expect(SubmissionSchema.json["required"] == ["outcome"])
    }
}
