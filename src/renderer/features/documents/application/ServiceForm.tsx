import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApplicationView } from '../../../../contract/views-documents.ts';
import { formProblems } from '../../../../domain/form-values.ts';
import { parseNrkb } from '../../../../domain/nrkb.ts';
import { APPLICATION_TEXT, fieldProblemText } from '../../../text/application-text.ts';
import { Pane } from '../../../ui/Pane.tsx';
import { typedPlate } from '../../../ui/typed-plate.ts';
import styles from './Application.module.css';
import { FieldInput } from './FieldInput.tsx';
import { withValue } from './form-entry.ts';
import type { ApplicationFlow } from './use-application.ts';

type FormProps = Readonly<{ flow: ApplicationFlow; view: ApplicationView; asked: boolean }>;

/** The plate, for a service that is about a vehicle: only a possible one is kept, and none while another stands here. */
function PlateField({ flow, view, asked }: FormProps): ReactNode {
  const [text, setText] = useState(view.nrkb ?? '');
  const [left, setLeft] = useState(false);
  const parsed = parseNrkb(text);
  const wrong = text.trim() === '' ? asked : (left || asked) && !parsed.ok;
  return (
    <TextInput
      label={APPLICATION_TEXT.plate}
      required
      value={text}
      maxLength={40}
      autoComplete="off"
      spellCheck={false}
      error={wrong ? APPLICATION_TEXT.plateWrong : undefined}
      onChange={(event) => setText(typedPlate(event.currentTarget.value))}
      onBlur={() => {
        setLeft(true);
        const nrkb = parsed.ok ? parsed.value : null;
        if (nrkb !== view.nrkb) void flow.change({ nrkb });
      }}
    />
  );
}

/** Who asks: name and phone, and whether it is the person himself. */
export function ApplicantPane({
  flow,
  view,
  asked,
  platesRead,
}: FormProps &
  Readonly<{
    /** A plate that was read from a page takes the place of the one that stands in the field. */
    platesRead: number;
  }>): ReactNode {
  const { applicant } = view;
  const [name, setName] = useState(applicant.name ?? '');
  const [phone, setPhone] = useState(applicant.phone ?? '');
  const save = (isSubject: boolean): void => {
    const said = { name: name.trim() === '' ? null : name.trim(), phone: phone.trim() === '' ? null : phone.trim() };
    const same = said.name === applicant.name && said.phone === applicant.phone && isSubject === applicant.isSubject;
    if (!same) void flow.change({ applicant: { ...said, isSubject } });
  };
  return (
    <Pane title={APPLICATION_TEXT.applicant} step={1}>
      <TextInput
        label={APPLICATION_TEXT.name}
        required
        data-application-first=""
        value={name}
        maxLength={120}
        autoComplete="off"
        error={
          asked && name.trim() === ''
            ? fieldProblemText({ format: null, type: 'string', maxLength: 120 }, 'missing')
            : undefined
        }
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => save(applicant.isSubject)}
      />
      <TextInput
        label={APPLICATION_TEXT.phone}
        value={phone}
        maxLength={30}
        inputMode="tel"
        autoComplete="off"
        onChange={(event) => setPhone(event.currentTarget.value)}
        onBlur={() => save(applicant.isSubject)}
      />
      <Checkbox
        color="opop"
        label={APPLICATION_TEXT.isSubject}
        checked={applicant.isSubject}
        onChange={(event) => save(event.currentTarget.checked)}
      />
      {view.service.vehicle === 'required' ? (
        <PlateField key={platesRead} flow={flow} view={view} asked={asked} />
      ) : null}
    </Pane>
  );
}

/** The form of the service, from its pack. A problem shows when its field was left, a blank one when it is sent. */
export function FieldsPane({ flow, view, asked }: FormProps): ReactNode {
  const { service, fields: values } = view;
  const problems = formProblems(service.fields, values);
  return (
    <Pane title={APPLICATION_TEXT.form} step={2} fill>
      {service.fields.length === 0 ? <p className={styles['dim']}>{APPLICATION_TEXT.noFields}</p> : null}
      {service.fields.map((field) => {
        const found = problems.find((problem) => problem.name === field.name)?.problem;
        const shown = found !== undefined && (asked || found !== 'missing');
        return (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]}
            problem={shown ? fieldProblemText(field, found) : undefined}
            onSettled={(value) => {
              if (value !== (values[field.name] ?? ''))
                void flow.change({ fields: withValue(values, field.name, value) });
            }}
          />
        );
      })}
    </Pane>
  );
}
