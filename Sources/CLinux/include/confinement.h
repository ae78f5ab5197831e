#pragma once
/* How a program gives up, for itself and for good, what it does not need. 0, or -1 with errno set. */

/* Closes every descriptor above 2. */
int clinux_close_all_above_errors(void);
/* No files may grow, no core is written; processor time in seconds, address space in bytes. */
int clinux_limit(unsigned seconds, unsigned long bytes);
/* Refuses (EPERM) sockets, other programs and processes, and every change to a file system, from now on. Threads may
   still be made. To be called while there is one thread. */
int clinux_refuse_calls(void);
/* Lets nothing be read but what lies beneath these folders; the list ends in NULL, and missing ones are passed over.
   -1 and ENOSYS, EOPNOTSUPP or EPERM where the kernel cannot do it, or may not. */
int clinux_read_only_beneath(const char *const *folders);
