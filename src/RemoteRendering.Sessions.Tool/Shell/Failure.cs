using System.Security.Authentication;

namespace RemoteRendering.Sessions.Tool.Shell;

/// <summary>Describes an exception in one line that a person at a shell can act on.</summary>
internal static class Failure
{
    private const int LongestLine = 1_000;

    private const string Trust =
        "The certificate is not trusted here. On Linux, set SSL_CERT_FILE to a PEM file with it ('rrs emulator --certificate-out FILE' "
        + "writes "
        + "the emulator's); elsewhere, add it to the trusted certificates of the system.";

    private const string OtherName = "The certificate is for other names: use an address with a name that it has.";

    public static string Describe(Exception exception)
    {
        string said = FirstLine(exception.Message);
        if (exception is ArgumentException { ParamName: { } parameter })
        {
            said = said.Replace($" (Parameter '{parameter}')", string.Empty, StringComparison.Ordinal);
        }

        if (Chain(exception).OfType<AuthenticationException>().LastOrDefault() is not { } refused)
        {
            return said;
        }

        string reason = FirstLine(Chain(refused).Last().Message);
        said = said.Replace(", see inner exception.", $": {reason}", StringComparison.Ordinal);
        if (!said.Contains(reason, StringComparison.Ordinal))
        {
            said = $"{said} {reason}";
        }

        return (said.EndsWith('.') ? said : said + ".") + Advice(refused.Message);
    }

    /// <summary>Returns the text as one line of printable characters, of a length that a terminal can show.</summary>
    public static string OneLine(string text)
    {
        string clipped = text.Length <= LongestLine ? text : text[..LongestLine] + "…";
        return string.Concat(clipped.Select(static character => char.IsControl(character) ? ' ' : character));
    }

    private static string Advice(string reason) => reason switch
    {
        _ when reason.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal) => " " + OtherName,
        _ when reason.Contains("certificate", StringComparison.OrdinalIgnoreCase) => " " + Trust,
        _ => string.Empty,
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }

    /// <summary>The first line has the message; exceptions of Azure.Core list headers below it.</summary>
    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r');
}
