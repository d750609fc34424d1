namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Interprets and validates <see cref="RemoteRenderingOptions.UseEmulator"/>.</summary>
internal static class EmulatorSetting
{
    /// <summary>The key of the well-known account of every emulator. It is valid for emulators only.</summary>
    public const string AccountKey = "cmVtb3RlLXJlbmRlcmluZy1lbXVsYXRvci13ZWxsLWtub3duLWtleQ==";

    private const string DefaultAddress = "http://127.0.0.1:8410";

    public static Guid AccountId { get; } = new("5f1d7a60-9c52-4d4b-8f0e-0000c0ffee00");

    public static bool IsOn(RemoteRenderingOptions options) =>
        !string.IsNullOrWhiteSpace(options.UseEmulator) && !string.Equals(options.UseEmulator, "false", StringComparison.OrdinalIgnoreCase);

    public static Uri? Address(RemoteRenderingOptions options)
    {
        string text = string.Equals(options.UseEmulator, "true", StringComparison.OrdinalIgnoreCase)
            ? DefaultAddress
            : options.UseEmulator!;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
            ? address
            : null;
    }

    public static void Validate(RemoteRenderingOptions options, string environment, List<string> failures)
    {
        string name = SettingName.Of(options, nameof(options.UseEmulator));
        if (!string.Equals(environment, "Development", StringComparison.OrdinalIgnoreCase))
        {
            failures.Add(
                $"{name} is set, but the environment is {environment}: an emulator is allowed only in Development. Remove the setting or "
                    + $"set it to false; on a development machine set DOTNET_ENVIRONMENT=Development.");
        }

        Uri? address = Address(options);
        if (address is null)
        {
            failures.Add(
                $"{name} is neither true nor false nor a web address. Set it to true, or to the address of the emulator, for example "
                + $"{DefaultAddress}.");
        }
        else if (address.Scheme == "http" && !address.IsLoopback)
        {
            failures.Add(
                $"{name} is an http address of another machine. http is allowed only on this machine, for example {DefaultAddress}; use "
                + $"https for another machine.");
        }
    }
}
