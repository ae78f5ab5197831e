import SupportDesk

/// What the desk's rules are written like; the domain reads them, and says what is wrong with them.
extension Expectation where Value == OpeningHours {
    static var openingHours: Self {
        Expectation<[String]>.texts.then { entries throws(Complaint) in
            try explained { () throws(OpeningHoursFault) in try OpeningHours(entries) }
        }
    }
}

extension Expectation where Value == OpeningHours {
    /// As opening hours; without days they hold for every day.
    static var sendingHours: Self {
        Expectation<[String]>.texts.then { entries throws(Complaint) in
            let dated = entries.map { $0.first?.isNumber == true ? "lun-dim \($0)" : $0 }
            return try explained { () throws(OpeningHoursFault) in try OpeningHours(dated) }
        }
    }
}

extension Expectation where Value == Holidays {
    static var holidays: Self {
        Expectation<[String]>.texts.then { entries throws(Complaint) in
            try explained { () throws(HolidaysFault) in try Holidays(entries) }
        }
    }
}

extension Expectation where Value == Contacts {
    static var contacts: Self {
        Expectation<[String]>.texts.then { entries throws(Complaint) in
            try explained { () throws(ContactsFault) in try Contacts(entries) }
        }
    }
}

extension Expectation where Value == ContractKinds {
    static var contractKinds: Self {
        Expectation<[String]>.texts.then { entries throws(Complaint) in
            try explained { () throws(ContractKindsFault) in try ContractKinds(entries) }
        }
    }
}

extension Expectation where Value == ProductVersion {
    /// `9.5` or `9.5 build 1155`, always as a text, so that 9.10 is not taken for 9.1.
    static var version: Self {
        Self { found throws(Complaint) in
            guard case .text(let text) = found, let version = ProductVersion(text) else {
                throw Complaint(
                    fr: "il faut un numéro de version entre guillemets, comme \"9.5\" ou \"9.5 build 1155\", et non "
                        + "\(found.kind.french).",
                    en: "a version number between quotation marks is expected, such as \"9.5\" or \"9.5 build 1155\", "
                        + "not \(found.kind.english).")
            }
            return version
        }
    }
}

/// Does something, and makes a complaint of what goes wrong.
private func explained<Value, Fault: Explained>(_ body: () throws(Fault) -> Value) throws(Complaint) -> Value {
    do throws(Fault) {
        return try body()
    } catch {
        throw Complaint(fr: error.explanation.french, en: error.explanation.english)
    }
}
