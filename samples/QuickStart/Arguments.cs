using System.Diagnostics.CodeAnalysis;
using Azure;
using RemoteRendering.Sessions;

namespace QuickStart;

/// <summary>Where to run: nowhere (the embedded emulator), or at a service given by arguments or environment variables.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        QuickStart                                    runs on the embedded emulator
        QuickStart --endpoint URL --account-id GUID --account-domain DOMAIN --account-key KEY
                                                      runs at a service; each may come from the environment instead:
                                                      RRS_ENDPOINT, RRS_ACCOUNT_ID, RRS_ACCOUNT_DOMAIN, RRS_ACCOUNT_KEY
        """;

    private static readonly string[] Names = ["endpoint", "account-id", "account-domain", "account-key"];

    private readonly Dictionary<string, string> _values = [];

    public Uri? Endpoint { get; private set; }

    public static bool TryParse(
        string[] args, Func<string, string?> environment, out Arguments arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = new Arguments();
        problem = arguments.Read(args, environment);
        return problem is null;
    }

    public RemoteRenderingClient MakeClient()
        => new(Endpoint!, Guid.Parse(_values["account-id"]), _values["account-domain"], new AzureKeyCredential(_values["account-key"]));

    private string? Read(string[] args, Func<string, string?> environment)
    {
        foreach (string name in Names)
        {
            if (environment("RRS_" + name.Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } value)
            {
                _values[name] = value;
            }
        }

        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : string.Empty;
            if (!Names.Contains(name))
            {
                return $"'{args[i]}' is not an argument.";
            }

            if (i + 1 == args.Length)
            {
                return $"--{name} needs a value.";
            }

            _values[name] = args[i + 1];
        }

        if (_values.Count == 0)
        {
            return null;
        }

        foreach (string name in Names)
        {
            if (!_values.ContainsKey(name))
            {
                return $"--{name} is missing.";
            }
        }

        if (!Guid.TryParse(_values["account-id"], out _))
        {
            return $"--account-id '{_values["account-id"]}' is not a GUID.";
        }

        if (!Uri.TryCreate(_values["endpoint"], UriKind.Absolute, out Uri? endpoint))
        {
            return $"--endpoint '{_values["endpoint"]}' is not an address.";
        }

        Endpoint = endpoint;
        try
        {
            MakeClient();
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
