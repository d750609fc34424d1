using System.Diagnostics;
using RemoteRendering.Sessions.Storage;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Storage;

/// <summary>What a path may lead to, and what a process that is killed leaves beside it.</summary>
[ExpectedLog("StoreUnreadable")]
public sealed class StoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rrs-store-").FullName;
    private readonly LogCollector _log = new();

    private string File => Path.Combine(_folder, "last.json");

    public static TheoryData<string, string> Kinds() => new()
    {
        { "mkfifo", "{0}" },
        { "mknod", "{0} c 1 3" },
        { "mkdir", "{0}" },
        { "ln", "-s /dev/null {0}" },
        { "ln", "-s {1} {0}" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task PathThatIsNoFile_IsRefused_AndStaysAsItIs(string command, string arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such files.");
            return;
        }

        if (!await RunAsync(command, string.Format(null, arguments, File, _folder)))
        {
            Assert.Skip($"'{command}' does nothing here.");
        }

        UnixFileMode before = System.IO.File.GetUnixFileMode(File);
        using var store = new FileRenderingSessionStore(File, _log);
        await ConnectionHarness.Within(Assert.ThrowsAsync<IOException>(() => store.SaveAsync(Record("s1"))));
        Assert.Null(await ConnectionHarness.Within(store.LoadAsync()));
        Assert.Contains(_log.Entries, static entry => entry.Event == "StoreUnreadable");
        await ConnectionHarness.Within(Assert.ThrowsAsync<IOException>(() => store.ClearAsync()));
        Assert.Equal(before, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("target.json")]
    [InlineData("elsewhere/deep/target.json")]
    public async Task Link_IsFollowed_AndStays(string target)
    {
        string path = Path.Combine(_folder, target);
        string between = Path.Combine(_folder, "between");
        System.IO.File.CreateSymbolicLink(between, target);
        System.IO.File.CreateSymbolicLink(File, between);
        using var store = new FileRenderingSessionStore(File, _log);
        Assert.Null(await store.LoadAsync());
        await store.SaveAsync(Record("s1"));
        await store.SaveAsync(Record("s2"));
        Assert.Equal("s2", (await store.LoadAsync())!.SessionId);
        Assert.Equal(between, new FileInfo(File).LinkTarget);
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.True(System.IO.File.Exists(path));
        await store.ClearAsync();
        Assert.False(System.IO.File.Exists(path));
        Assert.Equal(between, new FileInfo(File).LinkTarget);
        Assert.Null(await store.LoadAsync());
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task LinkThatLeadsToItself_IsRefused()
    {
        System.IO.File.CreateSymbolicLink(File, File);
        using var store = new FileRenderingSessionStore(File, _log);
        await ConnectionHarness.Within(Assert.ThrowsAnyAsync<IOException>(() => store.SaveAsync(Record("s1"))));
        Assert.Null(await ConnectionHarness.Within(store.LoadAsync()));
    }

    [Theory]
    [InlineData(250, "x")]
    [InlineData(255, "x")]
    [InlineData(85, "\u6700")]
    public async Task LongName_IsWrittenAndRead(int length, string letter)
    {
        string path = Path.Combine(_folder, string.Concat(Enumerable.Repeat(letter, length)));
        using var store = new FileRenderingSessionStore(path, _log);
        await store.SaveAsync(Record("s1"));
        await store.SaveAsync(Record("s2"));
        Assert.Equal("s2", (await store.LoadAsync())!.SessionId);
        Assert.Equal([path], Directory.GetFiles(_folder));
        await store.ClearAsync();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("save")]
    [InlineData("clear")]
    public async Task WhatKilledProcessesLeft_IsDeletedByTheNext(string call)
    {
        string[] left = [
            File + "." + Guid.NewGuid().ToString("N") + ".tmp", new TemporaryFiles(File).NewPath(), new TemporaryFiles(File).NewPath()
        ];
        string inUse = new TemporaryFiles(File).NewPath();
        string[] others = [
            Path.Combine(_folder, "other.tmp"), Path.Combine(_folder, "other.json." + Guid.NewGuid().ToString("N") + ".tmp"),
            new TemporaryFiles(File + "2").NewPath(), inUse
        ];
        foreach (string path in left.Concat(others))
        {
            await System.IO.File.WriteAllTextAsync(path, "the key");
        }

        await using FileStream writing = new(inUse, FileMode.Open, FileAccess.Write, FileShare.Read);
        using var store = new FileRenderingSessionStore(File, _log);
        await (call switch
        {
            "load" => store.LoadAsync(),
            "save" => store.SaveAsync(Record("s1")),
            _ => store.ClearAsync(),
        });
        Assert.Equal(
            others.Concat(call == "save" ? [File] : []).Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Dispose_WhileSavesAreUnderWay_LetsThemComeToTheirEnd()
    {
        var store = new FileRenderingSessionStore(File, _log);
        Task[] saves = [.. Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            if (i == 100)
            {
                store.Dispose();
            }

            await store.SaveAsync(Record("s" + i));
        }))];
        await ConnectionHarness.Within(Task.WhenAll(saves));
        Assert.StartsWith("s", (await store.LoadAsync())!.SessionId, StringComparison.Ordinal);
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<bool> RunAsync(string command, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await ConnectionHarness.Within(process.WaitForExitAsync());
        return process.ExitCode == 0;
    }

    private static RenderingSessionRecord Record(string id)
        => new(
            id, new Uri("https://remoterendering.test.mixedreality.example"), new Guid("11111111-2222-3333-4444-555555555555"),
            RenderingSessionVmSize.Premium, "headset", "secret-key");
}
