#pragma once
/* What Swift cannot call of SQLite: functions with a variable number of arguments. */

/* Has SQLite keep no account of its memory, which all threads would take turns at. Before the first database is opened;
   later it does nothing. */
void csqlite_keep_no_account(void);
