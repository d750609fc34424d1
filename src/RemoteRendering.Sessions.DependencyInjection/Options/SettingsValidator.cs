using Azure;
using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Validates the settings of a client. Each failure contains a valid example, and never a secret.</summary>
internal sealed class SettingsValidator(IServiceProvider services) : IValidateOptions<RemoteRenderingOptions>
{
    public ValidateOptionsResult Validate(string? name, RemoteRenderingOptions options)
    {
        var failures = new List<string>(options.ReadFailures);
        if (EmulatorSetting.IsOn(options))
        {
            EmulatorSetting.Validate(options, EnvironmentName.Of(services), failures);
        }
        else
        {
            Required(options, failures);
            CredentialRule.Validate(options, failures);
        }

        if (options.ClientId is { Length: 0 or > 128 })
        {
            failures.Add(
                $"{SettingName.Of(options, nameof(options.ClientId))} has {options.ClientId.Length} characters. Set it to 1 to 128 "
                    + "characters, for example headset-7, or leave it out.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Required(RemoteRenderingOptions options, List<string> failures)
    {
        if (options.Endpoint is null)
        {
            Missing(options, nameof(options.Endpoint), "the address of the session service", SettingExamples.Endpoint, failures);
        }

        if (options.AccountId is null || options.AccountId == Guid.Empty)
        {
            Missing(options, nameof(options.AccountId), "the id of the account", SettingExamples.AccountId, failures);
        }

        if (options.Endpoint is null)
        {
            return;
        }

        string? domain = TargetService.Domain(options);
        if (domain is null)
        {
            Missing(options, nameof(options.AccountDomain), "the domain of the account", SettingExamples.AccountDomain, failures);
            return;
        }

        TryConstruct(options, domain, failures);
    }

    /// <summary>Validates address and domain with the constructor of the client, so that there is only one rule.</summary>
    private static void TryConstruct(RemoteRenderingOptions options, string domain, List<string> failures)
    {
        try
        {
            var clientOptions = new RemoteRenderingClientOptions { AuthenticationEndpoint = options.AuthenticationEndpoint };
            _ = new RemoteRenderingClient(options.Endpoint!, Guid.NewGuid(), domain, new AzureKeyCredential("unused"), clientOptions);
        }
        catch (ArgumentException exception)
        {
            string key = exception.ParamName switch
            {
                "endpoint" => nameof(options.Endpoint),
                "accountDomain" => nameof(options.AccountDomain),
                _ => nameof(options.AuthenticationEndpoint),
            };
            failures.Add($"{SettingName.Of(options, key)} is invalid: {WithoutParameter(exception)}");
        }
    }

    private static string WithoutParameter(ArgumentException exception)
    {
        int suffix = exception.Message.LastIndexOf(" (Parameter", StringComparison.Ordinal);
        return suffix < 0 ? exception.Message : exception.Message.Substring(0, suffix);
    }

    private static void Missing(RemoteRenderingOptions options, string key, string what, string example, List<string> failures)
    {
        string name = SettingName.Of(options, key);
        if (!failures.Any(failure => failure.StartsWith(name + " ", StringComparison.Ordinal)))
        {
            failures.Add($"{name} is missing. Set it to {what}, for example {example}.");
        }
    }
}
