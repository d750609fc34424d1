using System.Net;
using System.Text;
using RemoteRendering.Sessions.Scene;

namespace ModelViewer;

/// <summary>Pictures and facts, on the console, as files, and as a page that shows them.</summary>
internal sealed class PicturePage(string folder, string title)
{
    private readonly StringBuilder _facts = new();
    private readonly StringBuilder _pictures = new();

    public void Fact(string name, string text)
    {
        Console.WriteLine($"{name,-11} {text}");
        _facts.AppendLine($"<tr><th>{WebUtility.HtmlEncode(name)}</th><td>{WebUtility.HtmlEncode(text)}</td></tr>");
    }

    public void Add(string name, string caption, RenderingPicture picture)
    {
        Directory.CreateDirectory(folder);
        string file = name + ".png";
        using (FileStream stream = File.Create(Path.Combine(folder, file)))
        {
            stream.Write(picture.Png.Span);
        }

        Console.WriteLine($"picture     {file}: {caption}");
        string encoded = WebUtility.HtmlEncode(caption);
        lock (_pictures)
        {
            _pictures.AppendLine($"<figure><img src=\"{file}\" alt=\"{encoded}\"><figcaption>{encoded}</figcaption></figure>");
        }
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Its path.</returns>
    public string Save()
    {
        string path = Path.Combine(folder, "index.html");
        File.WriteAllText(path, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>
              body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1000px; padding: 0 1rem; background: #f7f7f5; color: #222 }
              table { border-collapse: collapse; margin-bottom: 2rem } th { text-align: left; padding-right: 1.5rem; vertical-align: top; white-space: nowrap }
              main { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 1.5rem }
              figure { margin: 0 } img { width: 100%; border-radius: 6px; display: block } figcaption { padding: .4rem 0; color: #555 }
            </style></head>
            <body><h1>{{WebUtility.HtmlEncode(title)}}</h1>
            <table>{{_facts}}</table>
            <main>{{_pictures}}</main></body></html>
            """);
        return path;
    }
}
