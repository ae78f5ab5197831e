extension Timestamp: CustomStringConvertible, Codable {
    /// ISO 8601 in UTC, as in `2026-11-23T13:30:00Z`; milliseconds only where there are any.
    package var description: String {
        let time = CivilTime(self)
        return String(octets: 32) { text in
            text.put(time.year, digits: 4)
            text.put("-", time.month)
            text.put("-", time.day)
            text.put("T", time.hour)
            text.put(":", time.minute)
            text.put(":", time.second)
            if time.millisecond != 0 { text.put(".", time.millisecond, digits: 3) }
            text.put("Z")
        }
    }

    /// Reads what `description` writes, any number of decimals, and offsets such as `+01:00`.
    ///
    /// - Returns: nil where the text is not a complete ISO 8601 date and time with an offset (RFC 3339).
    package init?(iso8601 text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for byte in rest.prefix(digits) {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            rest = rest.dropFirst(digits)
            return value
        }
        func skip(_ characters: String) -> Bool {
            guard let byte = rest.first, characters.utf8.contains(byte) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("Tt "),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2)
        else { return nil }
        var time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        if skip(".") {
            let decimals = rest.prefix { (0x30...0x39).contains($0) }
            guard !decimals.isEmpty else { return nil }
            for (place, byte) in zip([100, 10, 1], decimals) { time.millisecond += place * Int(byte - 0x30) }
            rest = rest.dropFirst(decimals.count)
        }
        var offset = 0
        if !skip("Zz") {
            guard let sign = rest.first, skip("+-"), let hours = number(2), skip(":"), let minutes = number(2)
            else { return nil }
            offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        guard rest.isEmpty, time.isValid else { return nil }
        self = Timestamp(utc: time) - .seconds(offset * 60)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 time: \(text)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The `Date:` header of a message: RFC 5322 3.3, always `+0000`.
    package var rfc5322: String {
        let time = CivilTime(self)
        let days: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months: [StaticString] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        return String(octets: 40) { text in
            text.put(days[time.weekday])
            text.put(", ", time.day)
            text.put(" ")
            text.put(months[time.month - 1])
            text.put(" ", time.year, digits: 4)
            text.put(" ", time.hour)
            text.put(":", time.minute)
            text.put(":", time.second)
            text.put(" +0000")
        }
    }
}
