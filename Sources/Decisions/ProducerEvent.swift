public import JSON

/// What an application says of its own numbering of decisions, so that what is missing can be told.
public struct ProducerEvent: LaterFact, Equatable {
    public enum Event: String, Sendable, CaseIterable {
        case open, heartbeat, close, gap, loss
    }

    /// What is known to be lost.
    public struct Loss: Sendable, Equatable {
        public var sampled: Int64?
        public var rejected: Int64?
        public var overflowed: Int64?
        public var droppedAttributes: Int64?

        public init(
            sampled: Int64? = nil, rejected: Int64? = nil, overflowed: Int64? = nil, droppedAttributes: Int64? = nil
        ) {
            self.sampled = sampled
            self.rejected = rejected
            self.overflowed = overflowed
            self.droppedAttributes = droppedAttributes
        }
    }

    public static let type = LaterFactFields.producer

    public let event: Event
    public let producer: String
    public let epoch: String
    public var version: String?
    /// How many decisions of this run have a number; with a heartbeat and a close.
    public let count: Int64?
    /// The run before this one, and how many of its decisions are known to have a number; with `open`.
    public var previousEpoch: String?
    public var previousCount: Int64?
    /// The numbers that are lost; with `gap`.
    public let numbers: ClosedRange<Int64>?
    public let loss: Loss?
    /// Sealed.
    public var reason: String?
    /// `producerID` and `producerVersion` stand for nothing here.
    public var circumstances = Circumstances()

    private init(
        _ event: Event, _ producer: String, _ epoch: String, count: Int64? = nil, numbers: ClosedRange<Int64>? = nil,
        loss: Loss? = nil
    ) {
        self.event = event
        self.producer = producer
        self.epoch = epoch
        self.count = count
        self.numbers = numbers
        self.loss = loss
    }

    /// A run begins; its numbers begin with 1. Of the run before, `count` decisions at least have a number.
    public static func open(
        _ producer: String, epoch: String, after previous: String? = nil, count: Int64? = nil
    ) -> ProducerEvent {
        var event = ProducerEvent(.open, producer, epoch)
        event.previousEpoch = previous
        event.previousCount = count
        return event
    }

    /// So many decisions have a number by now.
    public static func heartbeat(_ producer: String, epoch: String, count: Int64) -> ProducerEvent {
        ProducerEvent(.heartbeat, producer, epoch, count: count)
    }

    /// A run ends with so many decisions.
    public static func close(_ producer: String, epoch: String, count: Int64) -> ProducerEvent {
        ProducerEvent(.close, producer, epoch, count: count)
    }

    /// Decisions with these numbers will never be recorded.
    public static func gap(
        _ producer: String, epoch: String, _ numbers: ClosedRange<Int64>, reason: String
    ) -> ProducerEvent {
        var event = ProducerEvent(.gap, producer, epoch, numbers: numbers)
        event.reason = reason
        return event
    }

    /// So much is known to be lost, without numbers.
    public static func loss(_ producer: String, epoch: String, _ loss: Loss) -> ProducerEvent {
        ProducerEvent(.loss, producer, epoch, loss: loss)
    }

    public var members: JSONObject {
        var run: JSONObject = ["id": .string(producer), "epoch": .string(epoch)]
        run.put("version", version)
        var object: JSONObject = ["event": .string(event.rawValue), "producer": .object(run)]
        object.put("count", count)
        object.put("previous_epoch", previousEpoch)
        object.put("previous_count", previousCount)
        object.put("first", numbers?.lowerBound)
        object.put("last", numbers?.upperBound)
        object["lost"] = loss.map(\.json)
        object.put("reason", reason)
        return object
    }
}

extension ProducerEvent.Loss {
    fileprivate var json: JSON {
        var object = JSONObject()
        object.put("sampled", sampled)
        object.put("rejected", rejected)
        object.put("overflowed", overflowed)
        object.put("dropped_attributes", droppedAttributes)
        return .object(object)
    }
}

/// That a decision is about to be made: recorded before it takes effect, so that one that never came is noticed.
public struct Attempt: LaterFact, Equatable {
    public static let type = LaterFactFields.attempt

    /// The id that the decision will have.
    public var decision: String
    /// The application, its run, and the number that the decision will have.
    public var producer: Decision.Producer
    public var kind: Decision.Kind?
    /// Sealed.
    public var summary: String?
    public var circumstances = Circumstances()

    public init(of decision: String, by producer: Decision.Producer) {
        self.decision = decision
        self.producer = producer
    }

    public var members: JSONObject {
        var run: JSONObject = ["id": .string(producer.id)]
        run.put("version", producer.version)
        run.put("epoch", producer.epoch)
        run.put("seq", producer.seq)
        var object: JSONObject = ["decision": .string(decision), "producer": .object(run)]
        object.put("kind", kind)
        object.put("summary", summary)
        return object
    }
}
