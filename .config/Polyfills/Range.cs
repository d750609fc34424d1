using Microsoft.CodeAnalysis;

namespace System;

/// <summary>A part between two positions; .NET Standard 2.0 lacks it.</summary>
[Embedded]
internal readonly struct Range
{
    public Range(Index start, Index end)
    {
        Start = start;
        End = end;
    }

    public static Range All => new(new Index(0), new Index(0, fromEnd: true));

    public Index Start { get; }

    public Index End { get; }

    public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

    public static Range EndAt(Index end) => new(new Index(0), end);
}
