using System.CommandLine;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tool.Sessions;

/// <summary>
/// Which service a command talks to: options, or the environment. Secrets come from the environment alone, since every user of a machine
/// can read command lines.
/// </summary>
internal sealed class ServiceOptions(Func<string, string?> environment)
{
    private readonly Option<string?> _endpoint =
        new("--endpoint") { Description = "The address of the session service. Else RRS_ENDPOINT.", Recursive = true };
    private readonly Option<string?> _accountId = new("--account-id")
    {
        Description = "The id of the account. Else RRS_ACCOUNT_ID; for an emulator on this machine, its well-known account.",
        Recursive = true
    };
    private readonly Option<string?> _accountDomain = new("--account-domain")
    {
        Description = "The domain of the account. Else RRS_ACCOUNT_DOMAIN; 'localhost' on this machine.",
        Recursive = true
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_endpoint);
        command.Options.Add(_accountId);
        command.Options.Add(_accountDomain);
    }

    /// <exception cref="ArgumentException">An option is missing or invalid; the message names it.</exception>
    public RemoteRenderingClient MakeClient(ParseResult parsed)
    {
        string address = Read(parsed, _endpoint, "RRS_ENDPOINT")
            ?? throw new ArgumentException("--endpoint or RRS_ENDPOINT must name the session service.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint))
        {
            throw new ArgumentException($"'{address}' is not an address.");
        }

        string id = Read(parsed, _accountId, "RRS_ACCOUNT_ID")
            ?? (
                endpoint.IsLoopback
                    ? SessionEmulator.WellKnownAccountId.ToString()
                    : throw new ArgumentException("--account-id or RRS_ACCOUNT_ID must name the account."));
        if (!Guid.TryParse(id, out Guid accountId))
        {
            throw new ArgumentException($"'{id}' is not the id of an account, which is a GUID.");
        }

        string domain = Read(parsed, _accountDomain, "RRS_ACCOUNT_DOMAIN")
            ?? (
                endpoint.IsLoopback
                    ? "localhost"
                    : throw new ArgumentException("--account-domain or RRS_ACCOUNT_DOMAIN must name the domain of the account."));
        if (NotEmpty(environment("RRS_ACCESS_TOKEN")) is { } token)
        {
            return new RemoteRenderingClient(endpoint, accountId, domain, new AccessToken(token, DateTimeOffset.MaxValue));
        }

        string key = NotEmpty(environment("RRS_ACCOUNT_KEY"))
            ?? (
                endpoint.IsLoopback
                    ? SessionEmulator.WellKnownAccountKey
                    : throw new ArgumentException("RRS_ACCOUNT_KEY or RRS_ACCESS_TOKEN must hold the secret of the account."));
        return new RemoteRenderingClient(endpoint, accountId, domain, new AzureKeyCredential(key));
    }

    private string? Read(ParseResult parsed, Option<string?> option, string variable)
        => NotEmpty(parsed.GetValue(option)) ?? NotEmpty(environment(variable));

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
