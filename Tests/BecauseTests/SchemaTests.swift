import Because
import Foundation
import Testing

struct SchemaTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "schema/decision.schema.json")

    @Test func `the published schema of a decision is the one that the code gives`() throws {
        let published = try JSON(parsing: Array(Data(contentsOf: Self.file)))
        #expect(published == SubmissionSchema.json)
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
