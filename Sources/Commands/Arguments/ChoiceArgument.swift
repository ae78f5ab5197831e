internal import ArgumentParser
import SupportDesk

/// Why a value on the command line is not taken, in the language of the moment.
struct BadValue: Error, CustomStringConvertible {
    var description: String

    init(fr french: String, en english: String) {
        description = words(fr: french, en: english)
    }
}

/// One of the values of an enumeration, by its stable name.
func choice<Value: RawRepresentable & CaseIterable & SendableMetatype>(_ type: Value.Type)
    -> @Sendable (String) throws -> Value
where Value.RawValue == String, Value.AllCases: SendableMetatype {
    { text in
        if let value = Value(rawValue: text.lowercased()) { return value }
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw BadValue(fr: "choisissez parmi \(names).", en: "choose one of \(names).")
    }
}

/// A channel, by its name or as reports call it.
let channelChoice: @Sendable (String) throws -> ChannelName = { text in
    text.lowercased() == "mail" ? .smtp : try choice(ChannelName.self)(text)
}

/// One or several of them, with commas between.
func choices<Value: RawRepresentable & CaseIterable & SendableMetatype>(_ type: Value.Type)
    -> @Sendable (String) throws -> [Value]
where Value.RawValue == String, Value.AllCases: SendableMetatype {
    { text in try text.split(separator: ",").map { try choice(Value.self)(String($0)) } }
}

extension CompletionKind {
    /// The shell offers the values of an enumeration.
    static func choices<Value: RawRepresentable & CaseIterable & SendableMetatype>(of type: Value.Type)
        -> CompletionKind
    where Value.RawValue == String {
        .list(Value.allCases.map(\.rawValue))
    }
}
