/**
 * What both scripts begin with: four lines of stdin (name and bytes in Base64, most milliseconds, form), the printer by
 * exactly this name, and what Windows knows of it before a byte is handed over. They answer one word.
 */
const BEGIN = String.raw`
$ErrorActionPreference = 'Stop'
$lines = [Console]::In.ReadToEnd() -split '\r?\n'
$name = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($lines[0]))
$bytes = [Convert]::FromBase64String($lines[1])
$until = [DateTime]::UtcNow.AddMilliseconds([int]$lines[2])
$form = $lines[3]
$printer = Get-CimInstance Win32_Printer | Where-Object { $_.Name -ceq $name } | Select-Object -First 1
if ($null -eq $printer) { 'PRINTER_NOT_FOUND'; exit 10 }
if ($printer.WorkOffline) { 'PRINTER_OFFLINE'; exit 10 }
switch ([int]$printer.DetectedErrorState) {
  4 { 'PAPER_OUT'; exit 10 }
  7 { 'COVER_OPEN'; exit 10 }
  8 { 'PRINTER_JAMMED'; exit 10 }
  9 { 'PRINTER_OFFLINE'; exit 10 }
}
`;

/** Waits until the job has left the queue; one that has not is taken out, for it must never print later by itself. */
const END = String.raw`
while ([DateTime]::UtcNow -lt $until) {
  $waiting = Get-PrintJob -PrinterName $name -ErrorAction SilentlyContinue | Where-Object { & $isOurs $_ }
  if ($null -eq $waiting) { 'PRINTED'; exit 0 }
  Start-Sleep -Milliseconds 150
}
Get-PrintJob -PrinterName $name -ErrorAction SilentlyContinue | Where-Object { & $isOurs $_ } | Remove-PrintJob -ErrorAction SilentlyContinue
'STILL_QUEUED'; exit 20
`;

/**
 * Bytes to a printer of Windows as they are (data type RAW), by the spooler's own functions: a shared printer and
 * `copy /b` would need a share, a name of the computer and a firewall that lets it through, and answer nothing.
 */
export const SPOOL_RAW = String.raw`${BEGIN}
Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
public static class LoketSpooler {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class Doc { public string Name; public string Output; public string Type; }
  [DllImport("winspool.drv", EntryPoint = "OpenPrinterW", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool OpenPrinter(string name, out IntPtr printer, IntPtr defaults);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool ClosePrinter(IntPtr printer);
  [DllImport("winspool.drv", EntryPoint = "StartDocPrinterW", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern int StartDocPrinter(IntPtr printer, int level, [In] Doc doc);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool EndDocPrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool StartPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool EndPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool WritePrinter(IntPtr printer, byte[] bytes, int count, out int written);
}
'@
$handle = [IntPtr]::Zero
if (-not [LoketSpooler]::OpenPrinter($name, [ref]$handle, [IntPtr]::Zero)) { 'SPOOLER_REFUSED'; exit 10 }
$doc = New-Object LoketSpooler+Doc
$doc.Name = 'loket'; $doc.Type = 'RAW'
$job = [LoketSpooler]::StartDocPrinter($handle, 1, $doc)
if ($job -eq 0) { [void][LoketSpooler]::ClosePrinter($handle); 'SPOOLER_REFUSED'; exit 10 }
$written = 0
[void][LoketSpooler]::StartPagePrinter($handle)
$taken = [LoketSpooler]::WritePrinter($handle, $bytes, $bytes.Length, [ref]$written)
[void][LoketSpooler]::EndPagePrinter($handle)
[void][LoketSpooler]::EndDocPrinter($handle)
[void][LoketSpooler]::ClosePrinter($handle)
if (-not $taken -or $written -ne $bytes.Length) { 'SPOOLER_FAILED'; exit 20 }
$isOurs = { param($one) $one.Id -eq $job }
${END}`;

/** A PDF to a page printer of Windows: its own reader draws the pages, because no other program need be installed. */
export const SPOOL_SHEET = String.raw`${BEGIN}
Add-Type -AssemblyName System.Runtime.WindowsRuntime, System.Drawing
[void][Windows.Storage.Streams.InMemoryRandomAccessStream, Windows.Storage.Streams, ContentType = WindowsRuntime]
[void][Windows.Data.Pdf.PdfDocument, Windows.Data.Pdf, ContentType = WindowsRuntime]
$methods = [System.WindowsRuntimeSystemExtensions].GetMethods() | Where-Object { $_.Name -eq 'AsTask' -and $_.GetParameters().Count -eq 1 }
$ofResult = $methods | Where-Object { $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncOperation${'`'}1' } | Select-Object -First 1
$ofAction = $methods | Where-Object { $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncAction' } | Select-Object -First 1
function Wait-Result($operation, $type) { $task = $ofResult.MakeGenericMethod($type).Invoke($null, @($operation)); $task.Wait(); $task.Result }
function Wait-Action($action) { $ofAction.Invoke($null, @($action)).Wait() }
$memory = New-Object Windows.Storage.Streams.InMemoryRandomAccessStream
$into = [System.IO.WindowsRuntimeStreamExtensions]::AsStreamForWrite($memory)
$into.Write($bytes, 0, $bytes.Length); $into.Flush(); $memory.Seek(0)
$pdf = Wait-Result ([Windows.Data.Pdf.PdfDocument]::LoadFromStreamAsync($memory)) ([Windows.Data.Pdf.PdfDocument])
$pages = for ($at = 0; $at -lt $pdf.PageCount; $at += 1) {
  $page = $pdf.GetPage($at)
  $options = New-Object Windows.Data.Pdf.PdfPageRenderOptions
  $options.DestinationWidth = [uint32]($page.Size.Width * 300 / 96)
  $drawn = New-Object Windows.Storage.Streams.InMemoryRandomAccessStream
  Wait-Action ($page.RenderToStreamAsync($drawn, $options))
  [System.Drawing.Image]::FromStream([System.IO.WindowsRuntimeStreamExtensions]::AsStreamForRead($drawn))
}
$pages = @($pages)
$print = New-Object System.Drawing.Printing.PrintDocument
$title = 'loket ' + [Guid]::NewGuid().ToString('N')
$print.DocumentName = $title
$print.PrintController = New-Object System.Drawing.Printing.StandardPrintController
$print.PrinterSettings.PrinterName = $name
foreach ($size in $print.PrinterSettings.PaperSizes) { if ($size.Kind.ToString() -eq $form) { $print.DefaultPageSettings.PaperSize = $size } }
$script:next = 0
$print.add_PrintPage({ param($from, $event)
  $event.Graphics.DrawImage($pages[$script:next], $event.PageBounds)
  $script:next += 1
  $event.HasMorePages = $script:next -lt $pages.Count
})
$print.Print()
$isOurs = { param($one) $one.DocumentName -eq $title }
${END}`;
