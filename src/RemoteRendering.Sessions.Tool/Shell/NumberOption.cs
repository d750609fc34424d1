using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RemoteRendering.Sessions.Tool.Shell;

/// <summary>
/// Options that take a number, written with digits alone and, where it may have a fraction, a point. Everything else is refused in one
/// sentence.
/// </summary>
internal static class NumberOption
{
    public static Option<int> Whole(string name, string description, int minimum, int maximum, int otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum
                && number <= maximum
                ? number
                : Refuse(result, $"{name} must be a whole number from {minimum} to {maximum}, not '{Text(result)}'.", otherwise),
    };

    public static Option<double> Decimal(string name, string description, double minimum, double maximum, double otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            const NumberStyles Style = NumberStyles.AllowDecimalPoint;
            if (double.TryParse(Text(result), Style, CultureInfo.InvariantCulture, out double number) && number >= minimum
                && number <= maximum)
            {
                return number;
            }

            FormattableString problem = $"{name} must be a number from {minimum} to {maximum}, such as 1.5, not '{Text(result)}'.";
            return Refuse(result, FormattableString.Invariant(problem), otherwise);
        },
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;

    private static T Refuse<T>(ArgumentResult result, string problem, T otherwise)
    {
        result.AddError(problem);
        return otherwise;
    }
}
