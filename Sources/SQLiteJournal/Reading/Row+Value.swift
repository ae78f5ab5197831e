import GRDB

extension Row {
    /// A column's value, optional where it may be missing.
    ///
    /// GRDB's own subscripts end the program where a value is of another kind. A damaged file must not: it would end
    /// the service at each start.
    ///
    /// - Throws: `JournalFault` where the column holds something else.
    func value<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[index] as DatabaseValue) else {
            throw JournalFault.valueDamaged
        }
        return value
    }
}

extension JournalFault {
    /// A column holds what this program never writes there.
    static var valueDamaged: JournalFault {
        JournalFault(
            .corrupt,
            fr:
                "Le journal est endommagé : une valeur n'est pas de la sorte attendue. Arrêtez le service, vérifiez le "
                + "disque, puis reprenez une sauvegarde.",
            en:
                "The journal is damaged: a value is not of the kind expected. Stop the service, check the disk, then "
                + "restore a backup.")
    }
}
