package import SupportDesk

/// One thing that was looked at, and what was found.
package struct DoctorCheck: Hashable, Sendable {
    package enum Verdict: String, Sendable, CaseIterable {
        case ok, warning, fault
    }

    /// Stable: `configuration`, `incoming`, `rejected`, `receipts`, `register`, `desk`, `versions`, `partner`, `secret`, `smtp`, `journal`, `clock`,
    /// `inotify`. Several checks may share one.
    package var name: String
    package var verdict: Verdict
    package var text: Bilingual
    /// How to mend it; nil where all is well.
    package var mend: Bilingual?

    package init(name: String, verdict: Verdict, text: Bilingual, mend: Bilingual?) {
        self.name = name
        self.verdict = verdict
        self.text = text
        self.mend = mend
    }
}

extension DoctorCheck {
    static func ok(_ name: String, fr french: String, en english: String) -> DoctorCheck {
        DoctorCheck(name: name, verdict: .ok, text: Bilingual(fr: french, en: english), mend: nil)
    }

    static func warning(_ name: String, fr french: String, en english: String, mend: Bilingual) -> DoctorCheck {
        DoctorCheck(name: name, verdict: .warning, text: Bilingual(fr: french, en: english), mend: mend)
    }

    static func fault(_ name: String, fr french: String, en english: String, mend: Bilingual) -> DoctorCheck {
        DoctorCheck(name: name, verdict: .fault, text: Bilingual(fr: french, en: english), mend: mend)
    }
}
