using System.Globalization;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>One measured value of a figure, with its bound if it has one.</summary>
internal sealed class FigurePart
{
    private FigurePart(string text, bool isReached)
    {
        Text = text;
        IsReached = isReached;
    }

    public string Text { get; }

    public bool IsReached { get; }

    public static FigurePart AtMost(double value, string unit, double limit, string format = "0.00")
        => new($"{Number(value, format)}{unit} (at most {Number(limit, "0.##")})", value <= limit);

    public static FigurePart Less(double value, string unit, double limit, string format = "0.00")
        => new($"{Number(value, format)}{unit} (less than {Number(limit, "0.##")})", value < limit);

    public static FigurePart Unbounded(double value, string unit, string format = "0.00")
        => new(Number(value, format) + unit, isReached: true);

    public static FigurePart Rule(string text, bool holds) => new(text, holds);

    public override string ToString() => IsReached ? Text : Text + " MISSED";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
