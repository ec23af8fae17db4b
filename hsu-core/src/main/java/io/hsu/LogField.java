package io.hsu;

/** What {@link LogFormat#ENHANCED_PLAIN} and {@link LogFormat#JSON} say about a line besides its process and stream. */
public enum LogField {

    /** When the manager read it, to the millisecond, in UTC (ISO 8601). */
    TIMESTAMP,

    /** The name of the host that the manager runs on. */
    HOST,

    /** The manager's id ({@link ProcessManagerBuilder#managerId}). */
    MANAGER_ID,

    /** Its number among all lines of the process ({@link LogLine#sequence}). */
    SEQUENCE,

    /** Its number in its stream, from 1 at each launch; the pieces of a split line share it. */
    LINE_NUMBER
}
