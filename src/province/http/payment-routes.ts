import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { paymentQuestionSchema } from '../../contract/payments.ts';
import { signedTextSchema } from '../../contract/primitives.ts';
import { answerPayment } from '../payments/answer-payment.ts';
import type { Province } from '../province.ts';
import { deviceOfRequest } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';

/** Payments by QRIS and transfer. */
export function addPaymentRoutes(server: FastifyInstance, { context }: Province): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/payments',
    {
      schema: {
        summary:
          'Opens, asks after or ends a payment by QRIS or transfer; the answer is signed for this question alone',
        headers: signedHeaders,
        body: paymentQuestionSchema,
        response: { 200: signedTextSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      const answer = await answerPayment(context, device, request.body);
      // The same id with another sum or another sale is a mistake or an attack, and never a payment.
      if (!answer.ok) throw new ProvinceRefusal('BAD_REQUEST', 'paymentId');
      return answer.value;
    },
  );
}
